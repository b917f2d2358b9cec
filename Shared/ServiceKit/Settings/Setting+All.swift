extension Setting {
    public static let postgresURL = Setting(
        "STATESET_POSTGRES_URL", .required, form: "postgres://user:password@host:port/database", isSecret: true,
        "`postgres://user:password@host:port/database`, with the role of the service")

    public static let amqpURL = Setting(
        "STATESET_AMQP_URL", .required, form: "amqp://user:password@host:port/vhost, or amqps", isSecret: true,
        "`amqp://user:password@host:port/vhost`, or `amqps`")

    public static let secretKeys = Setting(
        "STATESET_SECRET_KEYS", .required, form: "id:key,id:key with keys of 32 random bytes in base64", isSecret: true,
        "`id:key,id:key`, each key 32 random bytes in base64; the first encrypts secrets at rest, all decrypt, so a new one "
            + "is put first")

    public static let host = Setting(
        "STATESET_HOST", .defaults("127.0.0.1"), form: "an address of this machine",
        "the address that HTTP listens on")

    public static let httpPort = Setting(
        "STATESET_HTTP_PORT", .requiredBy(["api", "ingest-gateway", "provider-simulators"]),
        form: "a port from 1 to 65535",
        "their public port")

    public static let adminPort = Setting(
        "STATESET_ADMIN_PORT", .defaults("9090"), form: "a port from 1 to 65535",
        "the port of `/health/live`, `/health/ready` and `/metrics`")

    public static let logLevel = Setting(
        "STATESET_LOG_LEVEL", .defaults("info"), form: "trace, debug, info, notice, warning, error or critical",
        "`trace`, `debug`, `info`, `notice`, `warning`, `error` or `critical`")

    public static let poolSize = Setting(
        "STATESET_POOL_SIZE", .defaults("4"), form: "a number from 1 to 100",
        "connections to Postgres")

    public static let development = Setting(
        "STATESET_DEV", .defaults("0"), form: "0 or 1",
        "`1` on a developer's machine: the clock may be moved. Never in production")

    public static let killPoints = Setting(
        "STATESET_KILL_POINTS", .optional, form: "the path of a file that may appear later",
        "with `STATESET_DEV=1`: a file that names where the process is to die, for tests of crashes")

    public static let webhookAllow = Setting(
        "STATESET_WEBHOOK_ALLOW", .optional, form: "host:port,host:port",
        "with `STATESET_DEV=1`: `host:port` that outgoing webhooks may reach although it is local and plain http")
}
