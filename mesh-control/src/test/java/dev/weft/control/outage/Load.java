package dev.weft.control.outage;

import dev.weft.http.MeshHttpClient;
import dev.weft.http.MeshResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One caller after another until it is stopped. */
final class Load {
    private final MeshHttpClient http;
    private final AtomicInteger good = new AtomicInteger();
    private final List<String> bad = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "load");
    private volatile boolean stopped;

    Load(MeshHttpClient http) {
        this.http = http;
    }

    Load start() {
        thread.start();
        return this;
    }

    private void run() {
        while (!stopped) {
            String answer = call(http);
            if (answer.equals("200 reviews")) {
                good.incrementAndGet();
            } else {
                bad.add(answer);
            }
        }
    }

    static String call(MeshHttpClient http) {
        try (MeshResponse response = http.get("http://reviews:9080/")) {
            String reason = response.header("x-mesh-reason");
            return response.status() + " " + response.text() + (reason == null ? "" : " because " + reason);
        }
    }

    /** Waits until another hundred calls have gone well. */
    void goesOn() throws InterruptedException {
        int at = good.get();
        Town.await("calls go on", () -> good.get() > at + 100);
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    /** What should not have been answered. */
    List<String> bad() {
        return bad;
    }

    @Override
    public String toString() {
        return good + " calls, " + bad.size() + " failed";
    }
}
