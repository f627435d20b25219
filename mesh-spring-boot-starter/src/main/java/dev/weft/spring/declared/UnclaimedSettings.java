package dev.weft.spring.declared;

import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/** Warns of {@code mesh.clients.<name>} where nobody has that name: a setting that has no effect is a mistake that nobody sees. */
record UnclaimedSettings(
        ObjectProvider<NamedClients> clients, ConfigurableListableBeanFactory beans, Environment environment)
        implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(UnclaimedSettings.class);

    @Override
    public void afterSingletonsInstantiated() {
        Set<String> unclaimed = new TreeSet<>(NamedDefaults.all(environment).keySet());
        if (unclaimed.isEmpty()) {
            return;
        }
        Set<String> names = new TreeSet<>();
        clients.forEach(some -> names.addAll(some.names()));
        Set<String> channels = ChannelNames.of(beans, environment);
        unclaimed.removeAll(names);
        unclaimed.removeAll(channels);
        for (String name : unclaimed) {
            LOG.warn(
                    "mesh.clients.{} has no effect: no @MeshClient has that name, there are {}{}",
                    name,
                    names,
                    channels.isEmpty() ? "" : "; nor has a gRPC channel, there are " + channels);
        }
    }
}
