package dev.weft.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test a mesh in memory, with policy from YAML. Test methods may have a parameter of type {@link PolicyMesh} or {@link
 * dev.weft.Mesh}. In a test of Spring's, the application's own mesh becomes that one; stand-ins are forgotten after each test.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MeshTestExtension.class)
public @interface MeshTest {

    /**
     * A file or directory of Istio resources: a path from the module's directory, or else on the class path. Nothing: no rules
     * at all.
     */
    String value() default "";

    /** Who calls, as {@code service} or {@code namespace/service}; in Spring the application's name unless said. */
    String as() default "";
}
