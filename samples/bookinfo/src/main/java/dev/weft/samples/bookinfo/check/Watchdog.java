package dev.weft.samples.bookinfo.check;

import dev.weft.samples.bookinfo.check.Step.Finding;
import dev.weft.samples.bookinfo.launch.Launch;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends a check that hangs, with a report. */
final class Watchdog implements AutoCloseable {
    private final CountDownLatch over = new CountDownLatch(1);

    // Written by the check, read by the watchdog.
    private volatile String step = "start";

    Watchdog(long seconds, Report report, Path run, Launch launch) {
        Thread thread = new Thread(
                () -> {
                    if (!ended(seconds)) {
                        report.say("logs of all processes: " + run);
                        report.add(step, new Finding().expect(false, "not finished " + seconds + " s after the start"));
                        report.last();
                        launch.close();
                        Runtime.getRuntime().halt(1);
                    }
                },
                "watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    void at(String name) {
        step = name;
    }

    private boolean ended(long seconds) {
        try {
            return over.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
