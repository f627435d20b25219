package dev.weft.spring;

import dev.weft.spring.declared.MeshClientImports;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Finds {@link MeshClient} interfaces outside the packages that Spring Boot scans by itself. With neither attribute set: the package
 * of the annotated class.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import(MeshClientImports.class)
public @interface EnableMeshClients {
    /** Packages, with those below them. */
    String[] basePackages() default {};

    /** Classes whose packages are scanned. */
    Class<?>[] basePackageClasses() default {};

    /** Interfaces to take without scanning. */
    Class<?>[] clients() default {};
}
