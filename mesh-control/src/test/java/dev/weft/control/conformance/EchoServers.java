package dev.weft.control.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.control.istio.ServiceEntry;
import dev.weft.control.istio.WorkloadEntry;
import dev.weft.control.store.ConfigSnapshot;
import dev.weft.request.Headers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One server per address and port that the ServiceEntries declare. They report what arrives and fail when they are told to. */
final class EchoServers implements AutoCloseable {
    /** A header of every answer, for rules that take it away. */
    static final String HEADER = "x-backend-hdr";

    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Behaviour behaviour = Behaviour.of("");

    /** @param server {@code 127.0.2.1:9080} */
    record Arrival(String server, String method, String path, String host, Headers headers) {}

    /** @throws IOException if an address is taken or not there */
    static EchoServers of(ConfigSnapshot config) throws IOException {
        TreeSet<String> places = new TreeSet<>();
        config.config().serviceEntries().forEach(entry -> {
            for (WorkloadEntry endpoint : entry.spec().endpoints()) {
                for (ServiceEntry.Port port : entry.spec().ports()) {
                    places.add(endpoint.address() + ":" + port.number());
                }
            }
        });
        EchoServers echo = new EchoServers();
        try {
            for (String place : places) {
                echo.start(place);
            }
            return echo;
        } catch (IOException e) {
            echo.close();
            throw e;
        }
    }

    private void start(String place) throws IOException {
        int colon = place.lastIndexOf(':');
        InetSocketAddress address =
                new InetSocketAddress(place.substring(0, colon), Integer.parseInt(place.substring(colon + 1)));
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(place, exchange));
        server.start();
        servers.add(server);
    }

    /** What the servers do from now on; earlier arrivals are forgotten. */
    void behave(String words) {
        behaviour = Behaviour.of(words);
        arrivals.clear();
    }

    /** The next arrival, or null if none comes in time. */
    @org.jspecify.annotations.Nullable
    Arrival next(long millis) throws InterruptedException {
        return arrivals.poll(millis, TimeUnit.MILLISECONDS);
    }

    private void answer(String place, HttpExchange exchange) throws IOException {
        Headers.Builder headers = Headers.builder();
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        Headers got = headers.build();
        exchange.getRequestBody().readAllBytes();
        String host = got.first("host");
        arrivals.add(new Arrival(
                place,
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                host == null ? "" : host,
                got));
        Behaviour now = behaviour;
        boolean copy = "MIRROR".equals(got.first(Attempts.HEADER));
        now.delay(closing);
        String failure = copy ? "" : now.failure();
        if (failure.equals("reset")) {
            exchange.close();
            return;
        }
        byte[] body = ("served by " + place).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set(HEADER, "backend");
        int status = failure.isEmpty() ? 200 : Integer.parseInt(failure);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        closing.countDown();
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    /**
     * How servers treat a request.
     *
     * @param fail status or {@code reset}, or empty
     * @param times how many attempts fail, over all servers
     */
    private record Behaviour(String fail, AtomicInteger times, long delayMillis) {

        /** @param words {@code fail=503;times=2}, {@code delay=0.6} */
        static Behaviour of(String words) {
            String fail = "";
            int times = 0;
            long delay = 0;
            for (String word : words.isEmpty() ? new String[0] : words.split(";")) {
                String value = word.substring(word.indexOf('=') + 1);
                if (word.startsWith("fail=")) {
                    fail = value;
                } else if (word.startsWith("times=")) {
                    times = Integer.parseInt(value);
                } else if (word.startsWith("delay=")) {
                    delay = Math.round(Double.parseDouble(value) * 1000);
                } else {
                    throw new IllegalArgumentException("backend " + words);
                }
            }
            return new Behaviour(fail, new AtomicInteger(times), delay);
        }

        void delay(CountDownLatch closing) {
            try {
                if (delayMillis > 0 && closing.await(delayMillis, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        String failure() {
            return times.getAndDecrement() > 0 ? fail : "";
        }
    }
}
