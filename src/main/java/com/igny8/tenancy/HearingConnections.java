package com.igny8.tenancy;

import org.springframework.jdbc.datasource.DelegatingDataSource;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

/**
 * Connections that take what they are told of access also while nobody uses them. A pool looks now
 * and then whether those that lie in it are alive; all that this reads from the socket, the driver
 * would keep until somebody asks for it, and of a hundred thousand renewals that is much.
 */
final class HearingConnections extends DelegatingDataSource {
    private final AccessChanges accessChanges;

    HearingConnections(DataSource driver, AccessChanges accessChanges) {
        super(driver);
        this.accessChanges = accessChanges;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return Intercepted.calls(
                Connection.class,
                (method, arguments) -> {
                    Object answer = Intercepted.pass(connection, method, arguments);
                    if (method.getName().equals("isValid")) {
                        accessChanges.hear(connection);
                    }
                    return answer;
                });
    }
}
