package dev.weft.spring.server;

import dev.weft.http.servlet.MeshFilter;
import dev.weft.identity.PeerIdentity;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * A parameter of type {@link PeerIdentity} of a controller's method is the caller, {@link PeerIdentity#ANONYMOUS} if nothing was proved.
 * Spring's own resolver takes every principal for the request's, which may be another type's, and comes first; so this is put before it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass(name = "org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter")
class CallerInMvc {

    @Bean
    static BeanPostProcessor callerInMvc() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof RequestMappingHandlerAdapter adapter) {
                    List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>();
                    resolvers.add(new Resolver());
                    List<HandlerMethodArgumentResolver> known = adapter.getArgumentResolvers();
                    if (known != null) {
                        resolvers.addAll(known);
                    }
                    adapter.setArgumentResolvers(resolvers);
                }
                return bean;
            }
        };
    }

    private static final class Resolver implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            // With an annotation it is somebody else's: @AuthenticationPrincipal.
            return parameter.getParameterType() == PeerIdentity.class && !parameter.hasParameterAnnotations();
        }

        @Override
        public PeerIdentity resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            HttpServletRequest servlet = request.getNativeRequest(HttpServletRequest.class);
            return servlet == null ? PeerIdentity.ANONYMOUS : MeshFilter.peer(servlet);
        }
    }
}
