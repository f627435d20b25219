package dev.weft;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Objects that adapters keep once per mesh; closed in reverse order. Thread-safe by one lock, never on a request's path. */
final class SharedParts {
    private static final Logger log = LoggerFactory.getLogger(Mesh.class);

    private final Map<Class<?>, AutoCloseable> parts = new HashMap<>();
    private final Deque<AutoCloseable> order = new ArrayDeque<>();
    private boolean closed;

    synchronized <T extends AutoCloseable> T get(Class<T> key, Supplier<T> make) {
        if (closed) {
            throw new MeshException.Closed("the mesh is closed: no new " + key.getSimpleName());
        }
        AutoCloseable known = parts.get(key);
        if (known != null) {
            return key.cast(known);
        }
        T made = make.get();
        parts.put(key, made);
        order.push(made);
        return made;
    }

    synchronized void close() {
        closed = true;
        while (!order.isEmpty()) {
            AutoCloseable part = order.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.warn("{} did not close", part.getClass().getName(), e);
            }
        }
        parts.clear();
    }
}
