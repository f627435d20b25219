package dev.weft.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.weft.settings.Setting;
import dev.weft.spring.MeshProperties;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.json.JsonParserFactory;

/** What editors are told of {@code mesh.*} is what is read, all of it and nothing else. */
class SettingsMetadataTest {
    private static final Path ADDITIONAL =
            Path.of("src/main/resources/META-INF/additional-spring-configuration-metadata.json");

    /** The file is this text: whoever adds a setting copies what the failure shows. */
    @Test
    void theMeshsOwnSettingsAreDescribedAsTheyDescribeThemselves() throws IOException {
        String properties = Arrays.stream(Setting.values())
                .map(SettingsMetadataTest::property)
                .collect(Collectors.joining(",\n"));
        assertThat(Files.readString(ADDITIONAL)).isEqualTo("{\"properties\": [\n" + properties + "\n]}\n");
    }

    private static String property(Setting setting) {
        String standard = setting.standard();
        boolean bool = standard.equals("true") || standard.equals("false");
        String type = switch (setting.shape()) {
            case LIST -> "java.util.List<java.lang.String>";
            case MAP ->
                setting == Setting.PORTS
                        ? "java.util.Map<java.lang.String,java.lang.Integer>"
                        : "java.util.Map<java.lang.String,java.lang.String>";
            case TEXT -> bool ? "java.lang.Boolean" : "java.lang.String";
        };
        String value = bool ? standard : "\"" + standard + "\"";
        return "  {\"name\": \"mesh." + setting.key() + "\", \"type\": \"" + type + "\",\n"
                + "    \"description\": \"" + setting.meaning() + "\""
                + (standard.isEmpty() ? "" : ",\n    \"defaultValue\": " + value) + "}";
    }

    @Test
    void everyNameThatIsReadIsDescribedAndNoOther() throws IOException {
        Set<String> described = new TreeSet<>();
        for (Map<String, Object> property : metadata()) {
            String name = (String) property.get("name");
            // A group is no property; the processor lists those of other files as well.
            boolean group = String.valueOf(property.get("type")).startsWith("dev.weft.spring.");
            if (name.startsWith("mesh.") && !group) {
                described.add(name);
                assertThat(property.get("description")).as(name).isNotNull();
            }
        }
        Set<String> read = KnownNames.ofMesh().spelt().stream()
                .map(name -> name.replaceFirst("\\.\\*.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described).isEqualTo(read);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> metadata() throws IOException {
        try (InputStream in =
                MeshProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return (List<Map<String, Object>>)
                    JsonParserFactory.getJsonParser().parseMap(text).get("properties");
        }
    }

    /** A name that is understood and changes nothing would be worse than one that is refused. */
    @Test
    void everySettingOfSpringsSideIsAskedForSomewhere() {
        // What Spring's own classes look like does not matter, and reading them takes most of a minute.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        JavaClasses classes = new ClassFileImporter().importPath(Path.of("target/classes"));
        Set<String> conditions = new TreeSet<>();
        for (JavaClass type : classes) {
            Class<?> loaded = type.reflect();
            for (ConditionalOnBooleanProperty condition :
                    loaded.getAnnotationsByType(ConditionalOnBooleanProperty.class)) {
                conditions.addAll(Arrays.asList(condition.name()));
            }
        }
        List<String> idle = new ArrayList<>();
        collect("mesh", MeshProperties.class, classes, conditions, idle);
        assertThat(idle).as("settings that nobody asks for").isEmpty();
    }

    private static void collect(
            String path, Class<?> record, JavaClasses classes, Set<String> conditions, List<String> idle) {
        for (RecordComponent component : record.getRecordComponents()) {
            String name = path + "."
                    + component.getName().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase();
            Class<?> type = component.getType();
            if (type.isRecord()) {
                collect(name, type, classes, conditions, idle);
            } else if (component.getGenericType() instanceof ParameterizedType map && type == Map.class) {
                collect(name + ".*", (Class<?>) map.getActualTypeArguments()[1], classes, conditions, idle);
            } else if (!conditions.contains(name) && !asked(record, component.getName(), classes)) {
                idle.add(name);
            }
        }
    }

    /** By its accessor from elsewhere, or by the record itself in a method that is. */
    private static boolean asked(Class<?> record, String accessor, JavaClasses classes) {
        JavaClass owner = classes.get(record);
        boolean called = owner.getMethod(accessor).getCallsOfSelf().stream()
                .anyMatch(call -> !call.getOriginOwner().equals(owner));
        boolean usedInside = owner.getField(accessor).getAccessesToSelf().stream()
                .filter(access -> !access.getOrigin().isConstructor())
                .filter(access -> !Set.of(accessor, "toString", "hashCode", "equals")
                        .contains(access.getOrigin().getName()))
                .anyMatch(access -> access.getOriginOwner().equals(owner));
        return called || usedInside;
    }
}
