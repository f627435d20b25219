package dev.weft.spring.declared.grpc;

import dev.weft.spring.declared.Declaration;
import io.grpc.MethodDescriptor;
import java.lang.reflect.Method;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GeneratedMethod;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragmentsDecorator;
import org.springframework.beans.factory.support.InstanceSupplier;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.javapoet.ClassName;
import org.springframework.javapoet.CodeBlock;

/** Ahead of time: asks for a client in generated code, and keeps for a native image its proxy, its service and its messages. */
final class GrpcClientAot implements BeanRegistrationAotProcessor {
    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        if (!bean.getMergedBeanDefinition().hasAttribute(GrpcClients.ATTRIBUTE)) {
            return null;
        }
        Class<?> type = bean.getBeanClass();
        return BeanRegistrationAotContribution.withCustomCodeFragments(fragments -> new Fragments(fragments, type));
    }

    private static final class Fragments extends BeanRegistrationCodeFragmentsDecorator {
        private final Class<?> type;

        Fragments(BeanRegistrationCodeFragments plain, Class<?> type) {
            super(plain);
            this.type = type;
        }

        /** In the package of the interface, which may be visible there only. */
        @Override
        public ClassName getTarget(RegisteredBean bean) {
            return ClassName.get(type);
        }

        @Override
        public CodeBlock generateInstanceSupplierCode(
                GenerationContext generation, BeanRegistrationCode code, boolean allowDirectSupplierShortcut) {
            register(generation.getRuntimeHints());
            GeneratedMethod method = code.getMethods()
                    .add(
                            "getGrpcClient",
                            body -> body.addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                                    .addParameter(RegisteredBean.class, "bean")
                                    .returns(type)
                                    .addStatement(
                                            "return bean.getBeanFactory().getBean($S, $T.class).client($T.class)",
                                            GrpcClients.NAME,
                                            GrpcClients.class,
                                            type));
            return CodeBlock.of(
                    "$T.of($L)",
                    InstanceSupplier.class,
                    method.toMethodReference().toCodeBlock());
        }

        private void register(RuntimeHints hints) {
            hints.proxies().registerJdkProxy(type);
            Declaration declaration = Declaration.of(type);
            Class<?> generated = declaration == null ? null : declaration.grpc();
            ServiceMethods service = generated == null ? null : ServiceMethods.of(generated);
            if (generated == null || service == null) {
                return;
            }
            Method accessor = ServiceMethods.accessor(generated);
            if (accessor != null) {
                hints.reflection().registerMethod(accessor, ExecutableMode.INVOKE);
            }
            for (MethodDescriptor<?, ?> called : service.byName().values()) {
                Messages messages = Messages.of(called);
                register(hints, messages.request());
                register(hints, messages.response());
            }
        }

        /** Protobuf calls accessors by name where a message is printed or compared. */
        private static void register(RuntimeHints hints, @Nullable Class<?> message) {
            if (message == null) {
                return;
            }
            hints.reflection().registerType(message, MemberCategory.INVOKE_PUBLIC_METHODS);
            for (Class<?> nested : message.getDeclaredClasses()) {
                hints.reflection().registerType(nested, MemberCategory.INVOKE_PUBLIC_METHODS);
            }
        }
    }
}
