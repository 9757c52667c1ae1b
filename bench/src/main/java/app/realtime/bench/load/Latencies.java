package app.realtime.bench.load;

/** A histogram of times with 1/64 of the value as its resolution. Not safe for use by several threads. */
public final class Latencies {

    private static final int BITS = 6;
    private static final int STEPS = 1 << BITS;

    private final long[] counts = new long[(64 - BITS) * STEPS];
    private long total;

    public void record(long nanos) {
        counts[index(Math.max(0, nanos))]++;
        total++;
    }

    public long count() {
        return total;
    }

    /** @param part such as 0.99. @return the time in milliseconds that this part of all does not exceed; NaN if there are none */
    public double millis(double part) {
        long rank = (long) Math.ceil(part * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return value(i) / 1e6;
            }
        }
        return Double.NaN;
    }

    private static int index(long nanos) {
        int shift = Math.max(0, 64 - BITS - 1 - Long.numberOfLeadingZeros(nanos));
        return (shift << BITS) + (int) (nanos >>> shift);
    }

    /** The middle of what falls under this index. */
    private static double value(int index) {
        if (index < 2 * STEPS) {
            return index;
        }
        int shift = (index >> BITS) - 1;
        return ((long) (index - (shift << BITS)) << shift) + (1L << shift) / 2.0;
    }
}
