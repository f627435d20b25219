package dev.weft.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMembers;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reader of the public surface meets: plain names, nothing to inherit, no wire types. */
final class NamesAndSignaturesTest {

    private static final String EMPTY_NAMES = ".*(Manager|Helper|Utils?|Processor|Impl)|(Base|Abstract|Common).+";

    @Test
    void classNamesSayWhatTheThingIs() {
        noClasses()
                .that()
                .areNotAnonymousClasses()
                .should()
                .haveNameMatching(".*[.$](" + EMPTY_NAMES + ")")
                .check(Product.classes());
    }

    @Test
    void nothingIsMadeToBeInherited() {
        noMembers()
                .that()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beProtected()
                .check(Product.classes());
    }

    @Test
    void noWireTypeShowsInAPublicSignature() {
        codeUnits()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackages("dev.weft.xds..", "dev.weft.controlplane..")
                .should(mentionNoWireType())
                .check(Product.classes());
    }

    private static ArchCondition<JavaCodeUnit> mentionNoWireType() {
        return new ArchCondition<>("mention no protobuf, gRPC, Netty or Spring type") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(
                                type -> type.getPackageName()
                                        .matches(
                                                "(dev\\.weft\\.proto|com\\.google\\.protobuf|io\\.grpc|io\\.netty|org\\.springframework)\\b.*"))
                        .forEach(type -> events.add(
                                SimpleConditionEvent.violated(unit, unit.getFullName() + " shows " + type.getName())));
            }
        };
    }
}
