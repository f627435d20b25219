package dev.weft.xds;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Any;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a real istiod served, as JSON per node and type: {@code sidecar/lds.json} and so on. Skips the test when absent. */
public final class Listings {
    private static final Path ROOT = root();

    private Listings() {}

    /** The files there are, relative to the root, or none with the test skipped. */
    public static List<Path> files() throws IOException {
        assumeTrue(Files.isDirectory(ROOT), "no listings of a real istiod at " + ROOT.toAbsolutePath());
        try (var walk = Files.walk(ROOT)) {
            return walk.filter(path -> path.toString().endsWith("ds.json"))
                    .sorted()
                    .toList();
        }
    }

    /** The resources in {@code <node>/<type>.json}. */
    public static List<Any> of(String node, String type) throws IOException {
        files();
        return read(ROOT.resolve(node).resolve(type + ".json"));
    }

    /** The resources in a file. */
    public static List<Any> read(Path file) throws IOException {
        JsonElement json = JsonParser.parseString(Files.readString(file));
        JsonElement resources = json.getAsJsonObject().get("resources");
        List<Any> result = new ArrayList<>();
        if (resources == null || resources.isJsonNull()) {
            return result;
        }
        JsonFormat.Parser parser =
                JsonFormat.parser().usingTypeRegistry(registry(resources)).ignoringUnknownFields();
        for (JsonElement resource : resources.getAsJsonArray()) {
            Any.Builder any = Any.newBuilder();
            parser.merge(resource.toString(), any);
            result.add(any.build());
        }
        return result;
    }

    /** The name of a resource; every type has it as its first field. */
    public static String name(Any resource) throws IOException {
        return com.google.protobuf.UnknownFieldSet.parseFrom(resource.getValue())
                .getField(1)
                .getLengthDelimitedList()
                .get(0)
                .toStringUtf8();
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        for (Path up = here; up != null; up = up.getParent()) {
            Path found = up.resolve("shared/xds-examples");
            if (Files.isDirectory(found)) {
                return found;
            }
        }
        return here.resolve("../../shared/xds-examples");
    }

    /** Our own messages, and a stand-in of the right name for each type that Weft has no class for. */
    private static TypeRegistry registry(JsonElement resources) {
        Map<String, Descriptor> known = new LinkedHashMap<>();
        for (FileDescriptor file : Protos.files()) {
            file.getMessageTypes().forEach(type -> known.put(type.getFullName(), type));
        }
        Set<String> wanted = new TreeSet<>();
        collect(resources, wanted);
        for (String name : wanted) {
            known.computeIfAbsent(name, Listings::standIn);
        }
        return TypeRegistry.newBuilder().add(known.values()).build();
    }

    private static Descriptor standIn(String name) {
        int dot = name.lastIndexOf('.');
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name.substring(dot + 1));
        if (name.endsWith(".TcpProxy")) {
            message.addField(FieldDescriptorProto.newBuilder()
                    .setName("cluster")
                    .setNumber(2)
                    .setType(FieldDescriptorProto.Type.TYPE_STRING)
                    .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL));
        }
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName(name)
                .setSyntax("proto3")
                .setPackage(name.substring(0, dot))
                .addMessageType(message)
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName(name.substring(dot + 1));
        } catch (com.google.protobuf.Descriptors.DescriptorValidationException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static void collect(JsonElement element, Set<String> types) {
        if (element instanceof JsonArray array) {
            array.forEach(item -> collect(item, types));
        } else if (element instanceof JsonObject object) {
            JsonElement type = object.get("@type");
            if (type != null) {
                types.add(type.getAsString().substring("type.googleapis.com/".length()));
            }
            object.entrySet().forEach(entry -> collect(entry.getValue(), types));
        }
    }
}
