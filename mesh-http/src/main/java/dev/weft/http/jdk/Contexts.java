package dev.weft.http.jdk;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The contexts of a guarded server, by the JDK's rule: the longest path that the request's path begins with. */
final class Contexts {
    private final List<MeshContext> contexts = new CopyOnWriteArrayList<>();

    synchronized void add(MeshContext context) {
        if (named(context.getPath()) != null) {
            throw new IllegalArgumentException("context " + context.getPath() + " exists already");
        }
        contexts.add(context);
    }

    synchronized void remove(@Nullable MeshContext context, String path) {
        if (context == null || !contexts.remove(context)) {
            throw new IllegalArgumentException("no context " + path);
        }
    }

    @Nullable
    MeshContext named(String path) {
        for (MeshContext context : contexts) {
            if (context.getPath().equals(path)) {
                return context;
            }
        }
        return null;
    }

    /** @param path decoded */
    @Nullable
    MeshContext find(String path) {
        MeshContext longest = null;
        for (MeshContext context : contexts) {
            if (path.startsWith(context.getPath())
                    && (longest == null
                            || context.getPath().length() > longest.getPath().length())) {
                longest = context;
            }
        }
        return longest;
    }
}
