package dev.weft.control.ads;

import com.google.protobuf.Any;
import com.google.protobuf.Message;

/**
 * One xDS resource, encoded once and shared by all streams that get it.
 *
 * @param name what clients subscribe to
 * @param version of the content: equal content must have an equal version, in every revision and after a restart, or
 *     clients are sent what they have
 * @param body packed with the {@code type.googleapis.com} prefix
 */
public record Resource(String name, String version, Any body) {

    /** Packs a message; the version is a hash of its deterministic encoding. */
    public static Resource of(String name, Message message) {
        Any body = ContentHash.pack(message);
        return new Resource(name, ContentHash.of(body.getValue()), body);
    }
}
