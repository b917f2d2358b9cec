extension APISchema {
    static let alerts = """
        CREATE VIEW notifications.alert_view WITH (security_invoker = true) AS
            SELECT id, workspace_id, key, title, text, fields, next, link, status, at FROM notifications.alert_history;
        GRANT SELECT ON notifications.alert_view, notifications.alert_history TO stateset_api;
        """

    /// An alert whose message was given up on is told of as failed, until somebody has its dead letter tried again.
    static let failedAlerts = """
        CREATE INDEX ON notifications.dead_letters (workspace_id, message_id);
        CREATE OR REPLACE VIEW notifications.alert_view WITH (security_invoker = true) AS
            SELECT a.id, a.workspace_id, a.key, a.title, a.text, a.fields, a.next, a.link,
                   CASE WHEN a.status = 'pending' AND EXISTS (
                            SELECT FROM notifications.dead_letters d
                            WHERE d.workspace_id = a.workspace_id AND d.message_id = a.message_id
                                AND d.status <> 'requeued')
                        THEN 'failed' ELSE a.status END AS status,
                   a.at
            FROM notifications.alert_history a;
        """
}
