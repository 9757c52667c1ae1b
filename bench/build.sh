# Builds what the commands beside this file run, where it is out of date. Sourced by them, with $bench set.
target=$bench/target

newer() { [ ! -e "$1" ] || [ -n "$(find "${@:2}" -type f -newer "$1" -print -quit)" ]; }

if newer "$target/built" "$bench/pom.xml" "$bench/src" "$bench/../src/main/java"; then
    mvn -q -B -f "$bench/pom.xml" process-classes
    touch "$target/built"
fi
bench_java() { exec java -XX:+UseSerialGC -Xms512m -Xmn256m -cp "$target/classes:$(cat "$target/classpath")" "$@"; }
