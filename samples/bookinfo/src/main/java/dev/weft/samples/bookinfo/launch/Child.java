package dev.weft.samples.bookinfo.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class in a process that ends with its parent, however that ends: the parent holds the other end of standard
 * input, and the operating system closes it even for a parent that was killed.
 */
final class Child {
    /** A shutdown that takes longer than this is cut short: nobody is left to wait for it. */
    private static final long PATIENCE_MILLIS = 4_000;

    private Child() {}

    /** @param args the main class and its arguments */
    public static void main(String[] args) throws Throwable {
        start("parent", Child::endWithParent);
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // nothing is said on this pipe
            }
        } catch (IOException e) {
            // as good as its end
        }
        start("patience", Child::haltLater);
        System.exit(0);
    }

    private static void haltLater() {
        try {
            Thread.sleep(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            // then now
        }
        Runtime.getRuntime().halt(0);
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
