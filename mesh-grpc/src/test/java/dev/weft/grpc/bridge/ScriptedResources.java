package dev.weft.grpc.bridge;

import com.google.protobuf.Message;
import dev.weft.config.StockResources;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/** Resources set by hand. */
final class ScriptedResources implements StockResources {
    private final Map<String, Map<String, byte[]>> resources = new HashMap<>();
    private final Set<Script> watches = new CopyOnWriteArraySet<>();
    private boolean whole;
    private String obstacle = "";

    synchronized ScriptedResources put(String name, Message resource) {
        resources.computeIfAbsent(url(resource), type -> new HashMap<>()).put(name, resource.toByteArray());
        tell();
        return this;
    }

    synchronized ScriptedResources remove(String name, Message resource) {
        resources.getOrDefault(url(resource), Map.of()).remove(name);
        tell();
        return this;
    }

    /** What was not put does not exist. */
    synchronized ScriptedResources whole() {
        whole = true;
        tell();
        return this;
    }

    synchronized void obstacle(String reason) {
        obstacle = reason;
        tell();
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
            synchronized (ScriptedResources.this) {
                watches.add(this);
                wanted.put(typeUrl, names);
                tell();
            }
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
