package dev.weft.grpc.bridge;

import com.google.protobuf.Message;
import dev.weft.config.StockResources;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Resources set by hand. What happens to them happens on a thread of its own, one thing after the other, as the mesh's watches do. */
final class ScriptedResources implements StockResources {
    private final Executor control = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "scripted-resources");
        thread.setDaemon(true);
        return thread;
    });
    // Used on that thread only.
    private final Map<String, Map<String, byte[]>> resources = new HashMap<>();
    private final Set<Script> watches = new CopyOnWriteArraySet<>();
    private boolean whole;
    private String obstacle = "";

    ScriptedResources put(String name, Message resource) {
        return change(() -> resources
                .computeIfAbsent(url(resource), type -> new HashMap<>())
                .put(name, resource.toByteArray()));
    }

    ScriptedResources remove(String name, Message resource) {
        return change(() -> resources.getOrDefault(url(resource), Map.of()).remove(name));
    }

    /** What was not put does not exist. */
    ScriptedResources whole() {
        return change(() -> whole = true);
    }

    void obstacle(String reason) {
        change(() -> obstacle = reason);
    }

    private ScriptedResources change(Runnable change) {
        control.execute(() -> {
            change.run();
            tell();
        });
        return this;
    }

    private void tell() {
        watches.forEach(Script::tell);
    }

    private static String url(Message resource) {
        return "type.googleapis.com/" + resource.getDescriptorForType().getFullName();
    }

    @Override
    public Watch watch(Consumer<Answer> listener) {
        return new Script(listener);
    }

    private final class Script implements Watch {
        private final Consumer<Answer> listener;
        private final Map<String, Set<String>> wanted = new LinkedHashMap<>();

        Script(Consumer<Answer> listener) {
            this.listener = listener;
        }

        @Override
        public void want(String typeUrl, Set<String> names) {
            watches.add(this);
            change(() -> wanted.put(typeUrl, names));
        }

        void tell() {
            wanted.forEach((type, names) -> {
                Map<String, byte[]> found = new HashMap<>(resources.getOrDefault(type, Map.of()));
                found.keySet().retainAll(names);
                Set<String> absent = new HashSet<>(whole ? names : Set.of());
                absent.removeAll(found.keySet());
                listener.accept(new Answer(type, found, absent, obstacle));
            });
        }

        @Override
        public void close() {
            watches.remove(this);
        }
    }
}
