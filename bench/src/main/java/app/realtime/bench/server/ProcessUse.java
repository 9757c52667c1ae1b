package app.realtime.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a process has used until now, as Linux tells it.
 *
 * @param userMicros CPU time outside of the kernel, of all its threads, also those that have ended
 * @param systemMicros CPU time in the kernel
 */
public record ProcessUse(double userMicros, double systemMicros) {

    /** USER_HZ, which is the same on all machines that Java 17 runs on. */
    private static final double MICROS_PER_TICK = 10_000;

    public static ProcessUse of(long pid) {
        String stat = read(pid, "stat");
        // The second field is the name in parentheses, which may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new ProcessUse(
                Long.parseLong(fields[11]) * MICROS_PER_TICK, Long.parseLong(fields[12]) * MICROS_PER_TICK);
    }

    /** CPU time of all threads that there are now, to the nanosecond; those that have ended are not in it. */
    public static double threadMicros(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(thread -> read(pid, "task/" + thread.getFileName() + "/schedstat"))
                    .mapToDouble(line -> Long.parseLong(line.split(" ")[0]) / 1e3)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("Process " + pid + " is not there any more", e);
        }
    }

    /** CPU time of everything on this machine, in microseconds. */
    public static double machineMicros() {
        try {
            String[] fields = Files.readString(Path.of("/proc/stat"))
                    .lines()
                    .findFirst()
                    .orElseThrow()
                    .split(" +");
            // user, nice, system; then idle and waiting; then interrupts.
            return IntStream.of(1, 2, 3, 6, 7)
                            .mapToLong(i -> Long.parseLong(fields[i]))
                            .sum()
                    * MICROS_PER_TICK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resident memory in kilobytes. */
    public static long residentKilobytes(long pid) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    public ProcessUse since(ProcessUse before) {
        return new ProcessUse(userMicros - before.userMicros, systemMicros - before.systemMicros);
    }

    public double micros() {
        return userMicros + systemMicros;
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException("Process " + pid + " is not there any more", e);
        }
    }
}
