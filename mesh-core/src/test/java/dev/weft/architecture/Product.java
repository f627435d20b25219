package dev.weft.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** What the rules are about: the classes of mesh-core itself, without its tests and the generated protos. */
final class Product {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/dev/weft/proto/"))
            .importPackages("dev.weft")
            .that(JavaClass.Predicates.resideOutsideOfPackage("dev.weft.architecture.."));

    private Product() {}

    static JavaClasses classes() {
        return CLASSES;
    }
}
