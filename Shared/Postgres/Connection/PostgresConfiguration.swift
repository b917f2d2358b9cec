import CPostgreSQL

/// Where the database is, and how long things may take. Its description holds no part of the URL.
public struct PostgresConfiguration: Sendable, CustomStringConvertible {
    let url: String
    public let applicationName: String

    /// The most connections a pool makes.
    public let poolSize: Int

    /// Whether the server is on another machine and the URL does not say how the connection is protected: libpq then
    /// takes an unencrypted one, and any server for the right one.
    public let isUnprotected: Bool

    /// For one statement, enforced by the server. `.zero` sets no limit, here and below.
    public var statementTimeout: Duration = .seconds(5)

    /// How much longer the client waits for a server that does not enforce it, before it drops the connection. A
    /// statement that needs longer therefore needs a longer `statementTimeout` here; `SET` is not enough.
    public var silenceTimeout: Duration = .seconds(5)

    /// For one lock.
    public var lockTimeout: Duration = .seconds(2)

    /// For a transaction that sends nothing; the server then ends the connection.
    public var idleInTransactionTimeout: Duration = .seconds(10)

    /// For connecting and logging in.
    public var connectTimeout: Duration = .seconds(5)

    /// For data sent and not acknowledged by the server's machine.
    public var tcpUserTimeout: Duration = .seconds(10)

    /// Takes `postgres://user:password@host:port/database?sslmode=…` or any form libpq knows.
    ///
    /// Over networks that are not trusted give `sslmode=verify-full&channel_binding=require`: libpq's default accepts
    /// an unencrypted connection. Several hosts are possible, with `target_session_attrs=primary`.
    ///
    /// Failure: `configuration`, without the URL.
    public init(url: String, applicationName: String, poolSize: Int = 4) throws {
        guard let options = PQconninfoParse(url, nil) else {
            throw PostgresError(.configuration, "the Postgres URL is malformed")
        }
        defer { PQconninfoFree(options) }
        guard (1...1_000).contains(poolSize) else {
            throw PostgresError(.configuration, "the pool size must be from 1 to 1000")
        }
        self.url = url
        self.applicationName = applicationName
        self.poolSize = poolSize
        isUnprotected = URLOptions(options).isUnprotected
    }

    public var description: String { "PostgresConfiguration(\(applicationName), pool of \(poolSize))" }
}

extension PostgresConfiguration {
    /// The parameters of libpq; the URL comes first, so that it is overruled by the rest.
    var parameters: [(name: String, value: String)] {
        [
            ("dbname", url),
            ("application_name", applicationName),
            ("client_encoding", "UTF8"),
            ("tcp_user_timeout", tcpUserTimeout.milliseconds),
            ("keepalives", "1"),
            ("keepalives_idle", "10"),
            ("keepalives_interval", "3"),
            ("keepalives_count", "3"),
            ("options", serverSettings),
        ]
    }

    private var serverSettings: String {
        [
            ("statement_timeout", statementTimeout.milliseconds),
            ("lock_timeout", lockTimeout.milliseconds),
            ("idle_in_transaction_session_timeout", idleInTransactionTimeout.milliseconds),
            // WHY: an acknowledged commit survives a crash, whatever the database or the role has been set to. With a
            // synchronous standby it is on that one's disk, too.
            ("synchronous_commit", "on"),
            ("client_min_messages", "warning"),
            ("TimeZone", "UTC"),
            // WHY: a statement that is prepared while its table is nearly empty keeps a plan that scans the table, until
            // the next ANALYZE. Every hot statement has its index; where there is none, the table is still scanned.
            ("enable_seqscan", "off"),
            // WHY: with an index for every hot statement its values change nothing about the plan, and planning a batch
            // anew each time costs a tenth of what the server does.
            ("plan_cache_mode", "force_generic_plan"),
            // WHY: it starts by estimated cost, which the line above inflates.
            ("jit", "off"),
        ].map { "-c \($0)=\($1)" }.joined(separator: " ")
    }
}

extension Duration {
    /// Whole milliseconds; less than one counts as one, because zero means no limit.
    fileprivate var milliseconds: String {
        if self <= .zero { return "0" }
        return String(max(1, components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000))
    }
}
