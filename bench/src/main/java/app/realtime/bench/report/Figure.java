package app.realtime.bench.report;

/**
 * One measured value.
 *
 * @param part the part of the benchmark
 * @param metric what was measured; its unit is in {@link Metric}
 * @param server the key of the server
 * @param round from 1
 */
public record Figure(String part, String metric, String server, int round, double value) {}
