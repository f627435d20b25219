package dev.weft;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The adapters on the class path, and what they have adapted for one mesh. Thread-safe. */
final class Adapters {
    private final List<MeshAdapter> adapters;

    // Keys and values are compared by identity and do not keep each other alive: a client that nobody uses goes.
    private final Cache<Object, Object> wrapped =
            Caffeine.newBuilder().weakKeys().weakValues().build();
    private final Cache<Object, Object> guarded =
            Caffeine.newBuilder().weakKeys().weakValues().build();

    Adapters(List<MeshAdapter> adapters) {
        this.adapters = List.copyOf(adapters);
    }

    /** Those that the context class loader sees, or Weft's own loader where there is none. */
    static Adapters found() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        List<MeshAdapter> found = new ArrayList<>();
        ServiceLoader.load(MeshAdapter.class, loader == null ? Adapters.class.getClassLoader() : loader)
                .forEach(found::add);
        return new Adapters(found);
    }

    <C> C wrap(Mesh mesh, C client) {
        return adapt(wrapped, client, adapter -> adapter.wrap(mesh, client));
    }

    <S> S guard(Mesh mesh, S server) {
        return adapt(guarded, server, adapter -> adapter.guard(mesh, server));
    }

    private interface Question {
        @Nullable
        Object ask(MeshAdapter adapter);
    }

    /** What was adapted before comes back as it is, and so does what an adapter made. */
    @SuppressWarnings("unchecked") // an adapter answers null when it cannot give back the user's static type
    private <T> T adapt(Cache<Object, Object> known, T given, Question question) {
        Object adapted = known.get(given, missing -> ask(missing, question));
        known.put(adapted, adapted);
        return (T) adapted;
    }

    private Object ask(Object given, Question question) {
        for (MeshAdapter adapter : adapters) {
            Object adapted = question.ask(adapter);
            if (adapted != null) {
                return adapted;
            }
        }
        throw new IllegalArgumentException(nobodyKnows(given));
    }

    private String nobodyKnows(Object given) {
        TreeSet<String> names = new TreeSet<>();
        adapters.forEach(adapter -> names.add(adapter.name()));
        String type = given.getClass().getName();
        return "no adapter for " + type + "; on the class path: "
                + (names.isEmpty() ? "none" : String.join(", ", names)) + "; " + remedy(type);
    }

    /** Which artifact to add, where we know it. */
    private static String remedy(String type) {
        if (type.startsWith("io.grpc.")) {
            return "add dev.weft:mesh-grpc for io.grpc builders";
        }
        return "add dev.weft:mesh-http for HTTP clients and servers, dev.weft:mesh-grpc for io.grpc builders, or a MeshAdapter"
                + " of your own";
    }
}
