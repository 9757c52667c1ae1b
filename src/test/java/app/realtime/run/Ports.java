package app.realtime.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** TCP ports of this machine. */
public final class Ports {

    private Ports() {}

    /**
     * That many different ports that nothing listens on at this moment. They are below those that connections are
     * given, so that no client takes one before the server that it is meant for does.
     */
    public static int[] free(int count) {
        int[] ports = ThreadLocalRandom.current()
                .ints(20_000, 32_000)
                .distinct()
                .limit(12_000)
                .filter(Ports::canListen)
                .limit(count)
                .toArray();
        if (ports.length < count) {
            throw new IllegalStateException("Less than " + count + " free ports from 20000 to 31999");
        }
        return ports;
    }

    /** Whether something keeps the port for longer than a process that is just ending would. */
    static boolean isTaken(int port) {
        for (int attempt = 0; attempt < 20; attempt++) {
            if (canListen(port)) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return true;
    }

    private static boolean canListen(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
