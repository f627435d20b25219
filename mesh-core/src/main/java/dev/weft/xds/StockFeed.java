package dev.weft.xds;

import com.google.protobuf.ByteString;
import dev.weft.config.StockResources.Answer;
import dev.weft.runtime.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Accepted resources that others read, and who wants which. Names are those of the stream ({@link StockNames}) towards the client, and
 * plain ones towards readers. Control thread only.
 */
final class StockFeed {
    /** Who ends, ends his channels before his mesh, and his next run wants them from disk; so what nobody wants stays for a while. */
    static final Duration STAYS = Duration.ofMinutes(1);

    private final ControlThread control;
    private final Expectations expectations;
    private final Runnable onLeft;
    private final Map<Left, Timer.Handle> left = new HashMap<>();
    private final Map<ResourceType, Map<String, byte[]>> here = new EnumMap<>(ResourceType.class);
    private final Set<Reader> readers = new LinkedHashSet<>();
    private String obstacle = "";

    /** @param onLeft run when something is not to be asked for any more */
    StockFeed(ControlThread control, Expectations expectations, Runnable onLeft) {
        this.control = control;
        this.expectations = expectations;
        this.onLeft = onLeft;
        for (ResourceType type : ResourceType.values()) {
            here.put(type, new HashMap<>());
        }
    }

    /** Somebody who wants resources, and what he was told last. */
    static final class Reader {
        private final Consumer<Answer> listener;
        private final Map<String, Set<String>> wanted = new HashMap<>();
        private final Map<String, Answer> told = new HashMap<>();

        Reader(Consumer<Answer> listener) {
            this.listener = listener;
        }
    }

    /** What nobody wants any more. */
    private record Left(ResourceType type, String name) {}

    /** Changes what a reader wants. He is answered by the next {@link #deliver}, in any case. */
    void want(Reader reader, String typeUrl, Set<String> names) {
        readers.add(reader);
        Set<String> before = reader.wanted.put(typeUrl, names);
        if (before != null) {
            before.forEach(name -> stay(typeUrl, name));
        }
        reader.told.remove(typeUrl);
    }

    void forget(Reader reader) {
        readers.remove(reader);
        reader.wanted.forEach((typeUrl, names) -> names.forEach(name -> stay(typeUrl, name)));
    }

    /** What an earlier run left. */
    void restore(ResourceType type, String name, ByteString value) {
        put(type, name, value);
        stay(type.url(), StockNames.plain(name));
    }

    /** Whether or not somebody wants it too. */
    private void stay(String typeUrl, String name) {
        ResourceType type = ResourceType.of(typeUrl);
        if (type == null) {
            return;
        }
        Left resource = new Left(type, name);
        Timer.Handle end = control.after(STAYS, () -> {
            left.remove(resource);
            onLeft.run();
        });
        Timer.Handle before = left.put(resource, end);
        if (before != null) {
            before.cancel();
        }
    }

    /** What is to be asked for. */
    Set<String> wanted(ResourceType type) {
        Set<String> names = new TreeSet<>();
        for (Reader reader : readers) {
            reader.wanted.getOrDefault(type.url(), Set.of()).forEach(name -> names.add(StockNames.of(name)));
        }
        left.keySet().forEach(resource -> {
            if (resource.type() == type) {
                names.add(StockNames.of(resource.name()));
            }
        });
        return names;
    }

    boolean isHere(ResourceType type, String name) {
        return StockNames.is(name) && of(type).containsKey(StockNames.plain(name));
    }

    void put(ResourceType type, String name, ByteString value) {
        byte[] bytes = value.toByteArray();
        // Who has it already sees by the instance that it did not change.
        of(type).merge(StockNames.plain(name), bytes, (before, now) -> Arrays.equals(before, now) ? before : now);
    }

    void remove(ResourceType type, String name) {
        of(type).remove(StockNames.plain(name));
    }

    /** @param reason why what is asked for cannot come; empty if it can */
    void obstacle(String reason) {
        obstacle = reason;
    }

    /** Tells each reader what is news to him. */
    void deliver() {
        for (Reader reader : Set.copyOf(readers)) {
            reader.wanted.forEach((typeUrl, names) -> {
                Answer now = answer(typeUrl, names);
                if (!now.equals(reader.told.put(typeUrl, now))) {
                    reader.listener.accept(now);
                }
            });
        }
    }

    private Answer answer(String typeUrl, Set<String> names) {
        ResourceType type = ResourceType.of(typeUrl);
        if (type == null) {
            return new Answer(typeUrl, Map.of(), names, "");
        }
        Map<String, byte[]> found = new HashMap<>();
        Set<String> absent = new HashSet<>();
        for (String name : names) {
            byte[] value = of(type).get(name);
            if (value != null) {
                found.put(name, value);
            } else if (expectations.absent(type, StockNames.of(name))) {
                absent.add(name);
            }
        }
        return new Answer(typeUrl, found, absent, obstacle);
    }

    private Map<String, byte[]> of(ResourceType type) {
        Map<String, byte[]> resources = here.get(type);
        if (resources == null) {
            throw new IllegalStateException(type.name());
        }
        return resources;
    }
}
