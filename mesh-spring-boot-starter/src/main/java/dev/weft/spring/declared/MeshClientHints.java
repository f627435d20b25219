package dev.weft.spring.declared;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;

/** The annotations of a client are read when the application starts; its proxy and the types it sends are Spring's to register. */
final class MeshClientHints implements BeanRegistrationAotProcessor {
    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        Class<?> type = bean.getBeanClass();
        if (Declaration.of(type) == null) {
            return null;
        }
        return (generation, code) -> generation
                .getRuntimeHints()
                .reflection()
                .registerType(type, MemberCategory.INVOKE_DECLARED_METHODS)
                .registerForInterfaces(type, hint -> hint.withMembers(MemberCategory.INVOKE_DECLARED_METHODS));
    }
}
