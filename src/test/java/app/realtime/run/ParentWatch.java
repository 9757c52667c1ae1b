package app.realtime.run;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The main class of every child JVM: it runs the main class named by its first argument, and ends the JVM when its
 * standard input ends. The parent holds the other end of that pipe, so the child ends with its parent even when the
 * parent is killed and has no time to say so.
 */
public final class ParentWatch {

    private ParentWatch() {}

    public static void main(String[] arguments) throws Throwable {
        Thread watch = new Thread(ParentWatch::exitWithParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void exitWithParent() {
        try {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("The parent's pipe broke (" + e.getMessage() + "): ending.");
        }
        System.exit(0);
    }
}
