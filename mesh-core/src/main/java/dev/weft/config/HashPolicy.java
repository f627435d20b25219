package dev.weft.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the hash of a request comes from, for clusters that hash. */
public sealed interface HashPolicy {

    /** Later policies are not asked once this one has produced a hash. */
    boolean terminal();

    /** A request header, lower case. */
    record OfHeader(String name, boolean terminal) implements HashPolicy {}

    /** A cookie; with a {@code ttl} an absent one is generated and set on the response. */
    record OfCookie(String name, String path, @Nullable Duration ttl, boolean terminal) implements HashPolicy {}

    /** A query parameter. */
    record OfQuery(String name, boolean terminal) implements HashPolicy {}

    /** The caller's address; in process there is none, so one value per process. */
    record OfSource(boolean terminal) implements HashPolicy {}
}
