package dev.weft.spring.server;

import dev.weft.Mesh;
import dev.weft.spring.server.jetty.JettyGuard;
import dev.weft.spring.server.reactive.NettyGuard;
import dev.weft.spring.server.tomcat.TomcatGuard;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The mesh's TLS for whichever server the application has. */
final class GuardedServers {
    private GuardedServers() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {"org.springframework.boot.tomcat.TomcatWebServerFactory", "org.apache.catalina.startup.Tomcat"})
    static class OnTomcat {
        @Bean
        TomcatGuard tomcatGuard(MeshTls tls) {
            return new TomcatGuard(tls);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {"org.springframework.boot.jetty.JettyWebServerFactory", "org.eclipse.jetty.server.Server"})
    static class OnJetty {
        @Bean
        JettyGuard jettyGuard(MeshTls tls) {
            return new JettyGuard(tls);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory",
                "reactor.netty.http.server.HttpServer"
            })
    static class OnNetty {
        @Bean
        NettyGuard nettyGuard(Mesh mesh, MeshTls tls) {
            return new NettyGuard(mesh, tls);
        }
    }
}
