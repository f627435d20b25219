package dev.weft.samples.rollingrestart;

import dev.weft.http.MeshHttpClient;
import dev.weft.http.MeshRequest;
import dev.weft.http.MeshResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Callers who never pause: each asks, or orders, and does so again. */
final class Load {
    static final int CALLERS = 16;

    final AtomicLong requests = new AtomicLong();
    final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> byInstance = new ConcurrentHashMap<>();
    private final MeshHttpClient http;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    private Load(MeshHttpClient http) {
        this.http = http;
    }

    static Load start(MeshHttpClient http) {
        Load load = new Load(http);
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            Thread thread = new Thread(() -> load.call(caller), "caller-" + i);
            thread.setDaemon(true);
            load.threads.add(thread);
            thread.start();
        }
        return load;
    }

    private void call(int caller) {
        for (int number = 0; !over; number++) {
            String what = caller + "-" + number;
            boolean order = number % 2 == 0;
            String wanted = order ? what + " for visitor at " : what + ": 7 at ";
            MeshRequest request = order
                    ? MeshRequest.post("http://stock:8080/orders").body(what)
                    : MeshRequest.get("http://stock:8080/stock/" + what);
            try (MeshResponse response = http.send(request)) {
                String text = response.text();
                if (response.status() == 200 && text.startsWith(wanted)) {
                    byInstance
                            .computeIfAbsent(text.substring(wanted.length()), name -> new AtomicLong())
                            .incrementAndGet();
                } else {
                    failures.add(request + ": " + response.status() + " "
                            + response.localReply().map(Object::toString).orElse(text));
                }
            } catch (RuntimeException e) {
                failures.add(request + ": " + e);
            }
            requests.incrementAndGet();
        }
    }

    /** Answers of one instance so far. */
    long of(String instance) {
        AtomicLong count = byInstance.get(instance);
        return count == null ? 0 : count.get();
    }

    void end() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join(10_000);
            if (thread.isAlive()) {
                failures.add(thread.getName() + ": a call is still unanswered after 10 s");
            }
        }
    }
}
