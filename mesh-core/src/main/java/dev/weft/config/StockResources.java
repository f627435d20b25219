package dev.weft.config;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Resources in the shape that a control plane serves to stock gRPC libraries, unread, for who hands them on to one. They come over the
 * stream that the mesh has anyway, and from disk while there is none. Safe for use from any thread.
 */
public interface StockResources {

    /** Where no control plane is. */
    StockResources NONE = listener -> new Watch() {
        @Override
        public void want(String typeUrl, Set<String> names) {
            listener.accept(new Answer(
                    typeUrl, Map.of(), Set.of(), "the configuration is written by hand: no control plane has any"));
        }

        @Override
        public void close() {}
    };

    /**
     * Begins a watch that wants nothing yet.
     *
     * @param listener is answered at each {@link Watch#want} and at each later change, one call at a time; must not wait
     */
    Watch watch(Consumer<Answer> listener);

    /** What one reader wants. What several want is asked for once. */
    interface Watch extends AutoCloseable {

        /**
         * Says which resources of a type are wanted from now on.
         *
         * @param typeUrl as in {@code type.googleapis.com/envoy.config.cluster.v3.Cluster}
         */
        void want(String typeUrl, Set<String> names);

        @Override
        void close();
    }

    /**
     * How it stands with everything wanted of a type. What is in neither collection has been asked for.
     *
     * @param resources those that are here: the serialised messages by name. A resource that has not changed is the same array, which
     *     nobody writes to
     * @param absent names that do not exist
     * @param obstacle why nothing can come now, for people; empty if nothing is in the way
     */
    record Answer(String typeUrl, Map<String, byte[]> resources, Set<String> absent, String obstacle) {
        public Answer {
            resources = Map.copyOf(resources);
            absent = Set.copyOf(absent);
        }
    }
}
