package app.realtime.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A connection through a {@link RedisProxy}. Two threads for each direction, one that reads and one that writes when it is
 * time, so that a delay is no limit to how much is on its way. Thread-safe.
 */
final class ProxiedConnection {

    private static final int PIECE = 16 * 1024;
    /** What the network itself holds: 4 MB. */
    private static final int PIECES = 256;

    private record Piece(byte[] bytes, long due) {}

    private final Socket instance;
    private final Socket redis;
    private final Executor threads;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean lostBytes;

    ProxiedConnection(Socket instance, Socket redis, Executor threads) {
        this.instance = instance;
        this.redis = redis;
        this.threads = threads;
    }

    void begin(Supplier<RedisProxy.Line> toRedis, Supplier<RedisProxy.Line> fromRedis) {
        carry(instance, redis, toRedis);
        carry(redis, instance, fromRedis);
    }

    void whenEnded(Runnable action) {
        ended.thenRun(action);
    }

    boolean hasLostBytes() {
        return lostBytes;
    }

    private void carry(Socket from, Socket to, Supplier<RedisProxy.Line> line) {
        BlockingQueue<Piece> way = new ArrayBlockingQueue<>(PIECES);
        threads.execute(() -> untilItEnds(() -> read(from, way, line)));
        threads.execute(() -> untilItEnds(() -> write(way, to)));
    }

    private void read(Socket from, BlockingQueue<Piece> way, Supplier<RedisProxy.Line> line)
            throws IOException, InterruptedException {
        InputStream in = from.getInputStream();
        byte[] buffer = new byte[PIECE];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            RedisProxy.Line now = line.get();
            if (now.lost()) {
                lostBytes = true;
                continue;
            }
            TimeUnit.NANOSECONDS.sleep(now.occupiedBy(read).toNanos());
            way.put(new Piece(
                    Arrays.copyOf(buffer, read), System.nanoTime() + now.delay().toNanos()));
        }
        // An end that nobody hears of, where the bytes before it are lost.
        if (!line.get().lost()) {
            way.put(new Piece(
                    new byte[0], System.nanoTime() + line.get().delay().toNanos()));
        }
    }

    private void write(BlockingQueue<Piece> way, Socket to) throws IOException, InterruptedException {
        OutputStream out = to.getOutputStream();
        for (Piece piece = way.take(); piece.bytes().length > 0; piece = way.take()) {
            TimeUnit.NANOSECONDS.sleep(piece.due() - System.nanoTime());
            out.write(piece.bytes());
        }
        end(false);
    }

    private interface Carrying {
        void run() throws IOException, InterruptedException;
    }

    private void untilItEnds(Carrying carrying) {
        try {
            carrying.run();
        } catch (IOException e) {
            // One side has gone, and so goes the other.
            end(false);
        } catch (InterruptedException e) {
            // The proxy was closed.
            end(true);
        }
    }

    /** Ends it at once, with what is on its way. */
    void reset() {
        end(true);
    }

    private void end(boolean abruptly) {
        for (Socket side : new Socket[] {instance, redis}) {
            try {
                if (abruptly) {
                    side.setSoLinger(true, 0);
                }
                side.close();
            } catch (IOException e) {
                // It has ended already, which is what was wanted.
                continue;
            }
        }
        ended.complete(null);
    }
}
