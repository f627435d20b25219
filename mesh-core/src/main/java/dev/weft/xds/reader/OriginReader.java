package dev.weft.xds.reader;

import com.google.protobuf.Struct;
import dev.weft.config.Origin;
import dev.weft.proto.envoy.config.core.v3.Metadata;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a piece of configuration was written, from the metadata that mesh-control and istiod leave on it. */
final class OriginReader {
    private OriginReader() {}

    static @Nullable Origin read(Metadata metadata) {
        Struct weft = metadata.getFilterMetadataOrDefault("dev.weft", Struct.getDefaultInstance());
        Struct istio = metadata.getFilterMetadataOrDefault("istio", Struct.getDefaultInstance());
        return read(weft, resource(Values.text(istio, "config")));
    }

    /** @param otherwise the resource, where {@code weft} does not name one */
    static @Nullable Origin read(Struct weft, String otherwise) {
        String named = Values.text(weft, "resource");
        String resource = named.isEmpty() ? otherwise : named;
        String file = Values.text(weft, "file");
        var line = weft.getFieldsMap().get("line");
        return resource.isEmpty() && file.isEmpty()
                ? null
                : new Origin(resource, file, line == null ? 0 : (int) line.getNumberValue());
    }

    /** {@code /apis/networking.istio.io/v1/namespaces/default/virtual-service/reviews} as {@code VirtualService default/reviews}. */
    private static String resource(String path) {
        String[] parts = path.split("/");
        if (parts.length < 8 || !parts[4].equals("namespaces")) {
            return path;
        }
        StringBuilder kind = new StringBuilder();
        for (String word : parts[6].split("-")) {
            if (!word.isEmpty()) {
                kind.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word, 1, word.length());
            }
        }
        return kind + " " + parts[5] + "/" + parts[7];
    }
}
