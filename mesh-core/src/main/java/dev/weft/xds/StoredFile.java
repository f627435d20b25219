package dev.weft.xds;

import com.google.protobuf.Any;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import dev.weft.proto.envoy.service.discovery.v3.Resource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;

/**
 * The bytes of a stored configuration: a line of text with format and checksum, then Envoy's own messages, each behind its
 * length. The first is a request (names used, and what is known of the whole); then follows one response per type.
 */
final class StoredFile {
    private static final String FORMAT = "weft-xds-1 sha256:";
    private static final int HEADER = FORMAT.length() + 64 + 1;

    private static final String DIALECT = "dialect";
    private static final String ACCEPTED = "accepted-millis";
    private static final String VERSION = "version";

    private StoredFile() {}

    static byte[] encode(Stored stored) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DeltaDiscoveryRequest.newBuilder()
                .addAllResourceNamesSubscribe(stored.used())
                .putInitialResourceVersions(DIALECT, stored.dialect().name())
                .putInitialResourceVersions(ACCEPTED, Long.toString(stored.acceptedMillis()))
                .putInitialResourceVersions(VERSION, stored.version())
                .build()
                .writeDelimitedTo(body);
        for (Map.Entry<ResourceType, Map<String, AcceptedResources.Raw>> entry :
                stored.resources().entrySet()) {
            String url = entry.getKey().url();
            DeltaDiscoveryResponse.Builder response =
                    DeltaDiscoveryResponse.newBuilder().setTypeUrl(url);
            entry.getValue()
                    .forEach((name, raw) -> response.addResources(Resource.newBuilder()
                            .setName(name)
                            .setVersion(raw.version())
                            .setResource(Any.newBuilder().setTypeUrl(url).setValue(raw.value()))));
            response.build().writeDelimitedTo(body);
        }
        byte[] payload = body.toByteArray();
        byte[] header = (FORMAT + checksum(payload, 0) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] file = Arrays.copyOf(header, header.length + payload.length);
        System.arraycopy(payload, 0, file, header.length, payload.length);
        return file;
    }

    /** @throws IOException with the reason, if the bytes are not what {@link #encode} wrote */
    static Stored decode(byte[] file) throws IOException {
        if (file.length < HEADER || !text(file, 0, FORMAT.length()).equals(FORMAT)) {
            throw new IOException("it does not begin with `" + FORMAT.trim() + "`");
        }
        if (!text(file, FORMAT.length(), HEADER - 1).equals(checksum(file, HEADER))) {
            throw new IOException("its checksum does not fit");
        }
        ByteArrayInputStream body = new ByteArrayInputStream(file, HEADER, file.length - HEADER);
        DeltaDiscoveryRequest about = DeltaDiscoveryRequest.parseDelimitedFrom(body);
        if (about == null) {
            throw new IOException("it is empty");
        }
        Map<ResourceType, Map<String, AcceptedResources.Raw>> resources = new EnumMap<>(ResourceType.class);
        while (true) {
            DeltaDiscoveryResponse response = parse(body);
            if (response == null) {
                break;
            }
            ResourceType type = ResourceType.of(response.getTypeUrl());
            if (type != null) {
                Map<String, AcceptedResources.Raw> byName = new HashMap<>();
                for (Resource resource : response.getResourcesList()) {
                    byName.put(
                            resource.getName(),
                            new AcceptedResources.Raw(
                                    resource.getVersion(),
                                    resource.getResource().getValue()));
                }
                resources.put(type, byName);
            }
        }
        return about(about, resources);
    }

    private static Stored about(
            DeltaDiscoveryRequest about, Map<ResourceType, Map<String, AcceptedResources.Raw>> resources)
            throws IOException {
        Map<String, String> values = about.getInitialResourceVersionsMap();
        try {
            return new Stored(
                    Dialect.valueOf(values.getOrDefault(DIALECT, "")),
                    values.getOrDefault(VERSION, ""),
                    Long.parseLong(values.getOrDefault(ACCEPTED, "")),
                    new LinkedHashSet<>(about.getResourceNamesSubscribeList()),
                    resources);
        } catch (IllegalArgumentException e) {
            throw new IOException("its first message is of another version: " + e.getMessage(), e);
        }
    }

    /** The generated method takes no message above 64 MB for granted, and ours may be larger. */
    private static @org.jspecify.annotations.Nullable DeltaDiscoveryResponse parse(ByteArrayInputStream body)
            throws IOException {
        int first = body.read();
        if (first < 0) {
            return null;
        }
        int size = CodedInputStream.readRawVarint32(first, body);
        if (size < 0) {
            throw new InvalidProtocolBufferException("a message has " + size + " bytes");
        }
        byte[] message = body.readNBytes(size);
        if (message.length < size) {
            throw new InvalidProtocolBufferException("it ends in the middle of a message");
        }
        return DeltaDiscoveryResponse.parseFrom(message);
    }

    private static String text(byte[] file, int from, int to) {
        return new String(file, from, to - from, StandardCharsets.US_ASCII);
    }

    private static String checksum(byte[] bytes, int from) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, bytes.length - from);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
