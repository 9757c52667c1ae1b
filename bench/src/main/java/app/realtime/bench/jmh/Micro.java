package app.realtime.bench.jmh;

import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks of this package, each in a JVM of its own. */
public final class Micro {

    private Micro() {}

    /**
     * @param quick one short iteration of each
     * @return nanoseconds per operation, by the benchmark's name
     */
    public static Map<String, Double> run(boolean quick) {
        OptionsBuilder options = new OptionsBuilder();
        options.include(Micro.class.getPackageName()).verbosity(VerboseMode.SILENT);
        if (quick) {
            options.warmupIterations(1)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(300))
                    .warmupTime(TimeValue.milliseconds(300));
        }
        Map<String, Double> nanos = new TreeMap<>();
        try {
            for (RunResult result : new Runner(options.build()).run()) {
                String name = result.getParams().getBenchmark();
                nanos.put(
                        name.substring(name.lastIndexOf('.') + 1),
                        result.getPrimaryResult().getScore());
            }
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH failed", e);
        }
        return nanos;
    }
}
