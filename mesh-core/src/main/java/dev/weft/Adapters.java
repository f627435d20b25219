package dev.weft;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The adapters on the class path. Immutable. */
final class Adapters {
    private final List<MeshAdapter> adapters;

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
        return adapt(client, adapter -> adapter.wrap(mesh, client));
    }

    <S> S guard(Mesh mesh, S server) {
        return adapt(server, adapter -> adapter.guard(mesh, server));
    }

    private interface Question {
        @Nullable
        Object ask(MeshAdapter adapter);
    }

    @SuppressWarnings("unchecked") // an adapter answers null when it cannot give back the user's static type
    private <T> T adapt(T given, Question question) {
        for (MeshAdapter adapter : adapters) {
            Object adapted = question.ask(adapter);
            if (adapted != null) {
                return (T) adapted;
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
