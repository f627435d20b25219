package dev.weft.control.ads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever happens in whatever order (changes, subscriptions, full buffers, late answers), a client that applies what it is
 * sent ends with exactly what the source has for it.
 */
final class ConvergenceTest {
    private static final List<ResourceType> TYPES = List.of(
            ResourceType.CLUSTER,
            ResourceType.ENDPOINT,
            ResourceType.LISTENER,
            ResourceType.ROUTE,
            ResourceType.VIRTUAL_HOST);
    private static final String[] NAMES = {"a", "b", "c", "d", "e"};

    @Property(tries = 1000)
    void clientByNameEndsWithWhatTheSourceHas(@ForAll long seed) {
        new Story(new Random(seed), "weft", Set.of(ResourceType.VIRTUAL_HOST)).run();
    }

    @Property(tries = 1000)
    void clientOfTheSidecarShapeEndsWithWhatTheSourceHas(@ForAll long seed) {
        new Story(new Random(seed), "envoy", Set.of(ResourceType.CLUSTER, ResourceType.LISTENER)).run();
    }

    /** One random run. */
    private static final class Story {
        private final Random random;
        private final Set<ResourceType> wildcards;
        private final AdsBench bench = new AdsBench();
        private final DeltaScript client;
        private final Map<ResourceType, Map<String, String>> truth = new EnumMap<>(ResourceType.class);
        private final Map<ResourceType, Map<String, String>> held = new EnumMap<>(ResourceType.class);
        private final Map<ResourceType, Set<String>> wanted = new EnumMap<>(ResourceType.class);
        private final List<DeltaDiscoveryResponse> unanswered = new ArrayList<>();

        Story(Random random, String agent, Set<ResourceType> wildcards) {
            this.random = random;
            this.wildcards = wildcards;
            this.client = bench.delta(agent);
            for (ResourceType type : TYPES) {
                truth.put(type, new TreeMap<>());
                held.put(type, new TreeMap<>());
                wanted.put(type, new TreeSet<>());
            }
        }

        void run() {
            wildcards.forEach(client::subscribe);
            for (int step = 0; step < 60; step++) {
                step();
                take();
            }
            client.outlet.ready = true;
            client.stream.ready();
            bench.publish();
            // Also lets the time pass for which routes wait for endpoints that nobody asks for.
            for (int i = 0; i < 3; i++) {
                settle();
                bench.world.advance(Duration.ofSeconds(6));
            }
            settle();
            for (ResourceType type : TYPES) {
                assertThat(held.get(type)).as("%s", type).isEqualTo(expected(type));
            }
        }

        private void step() {
            ResourceType type = TYPES.get(random.nextInt(TYPES.size()));
            String name = NAMES[random.nextInt(NAMES.length)];
            switch (random.nextInt(8)) {
                case 0, 1 -> put(type, name);
                case 2 -> {
                    truth.get(type).remove(name);
                    bench.source.remove(type, name);
                }
                case 3 -> bench.publish();
                case 4 -> subscribe(type, name);
                case 5 -> unsubscribe(type, name);
                case 6 -> {
                    client.outlet.ready = !client.outlet.ready;
                    client.stream.ready();
                }
                default -> answerOne();
            }
        }

        private void put(ResourceType type, String name) {
            String variant = Integer.toString(random.nextInt(3));
            Resource resource = switch (type) {
                case CLUSTER -> HandmadeSource.cluster(name, variant);
                case ENDPOINT -> HandmadeSource.endpoints(name, 100 + Integer.parseInt(variant));
                case LISTENER -> HandmadeSource.listener(name, variant);
                case ROUTE -> HandmadeSource.routes(name, variant);
                default -> HandmadeSource.visible(name);
            };
            truth.get(type).put(name, resource.version());
            bench.source.put(type, resource);
        }

        private void subscribe(ResourceType type, String name) {
            if (!wildcards.contains(type)) {
                wanted.get(type).add(name);
                client.subscribe(type, name);
            }
        }

        private void unsubscribe(ResourceType type, String name) {
            if (wanted.get(type).remove(name)) {
                // A client forgets what it does not subscribe to, also what is on its way.
                held.get(type).remove(name);
                client.unsubscribe(type, name);
            }
        }

        private void answerOne() {
            if (!unanswered.isEmpty()) {
                client.ack(unanswered.remove(random.nextInt(unanswered.size())));
            }
        }

        private void settle() {
            take();
            while (!unanswered.isEmpty()) {
                answerOne();
                take();
            }
        }

        private void take() {
            for (DeltaDiscoveryResponse response : client.take()) {
                ResourceType type = Objects.requireNonNull(ResourceType.of(response.getTypeUrl()));
                response.getResourcesList().forEach(resource -> {
                    if (wildcards.contains(type) || wanted.get(type).contains(resource.getName())) {
                        held.get(type).put(resource.getName(), resource.getVersion());
                    }
                });
                response.getRemovedResourcesList().forEach(held.get(type)::remove);
                unanswered.add(response);
            }
        }

        private Map<String, String> expected(ResourceType type) {
            Map<String, String> all = new TreeMap<>(truth.get(type));
            if (!wildcards.contains(type)) {
                all.keySet().retainAll(wanted.get(type));
            }
            return all;
        }
    }
}
