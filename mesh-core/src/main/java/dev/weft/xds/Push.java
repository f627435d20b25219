package dev.weft.xds;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * A response in the form that both variants of the protocol share.
 *
 * @param typeUrl of all its resources
 * @param version of the whole, for people and for the state-of-the-world variant
 * @param nonce to be answered with
 * @param resources new or changed ones
 * @param removed names of those that are gone
 * @param fullState what is in neither list is gone as well
 * @param controlPlane who sent it, as it calls itself; may be empty
 */
record Push(
        String typeUrl,
        String version,
        String nonce,
        List<Received> resources,
        List<String> removed,
        boolean fullState,
        String controlPlane) {

    /**
     * One resource.
     *
     * @param name resource name
     * @param version its own, or empty
     * @param value the serialised message
     */
    record Received(String name, String version, ByteString value) {}
}
