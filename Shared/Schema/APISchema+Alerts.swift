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

    /// Once somebody has decided on its dead letter, an alert waits no more: discarded, it is not told; corrected, it is
    /// an alert of its own under another message, and this one is over. Requeued as it was, it is on its way again.
    static let closedAlerts = """
        CREATE INDEX ON platform.audit_log (workspace_id, subject) WHERE action = 'dead_letter.edit';
        CREATE OR REPLACE VIEW notifications.alert_view WITH (security_invoker = true) AS
            SELECT a.id, a.workspace_id, a.key, a.title, a.text, a.fields, a.next, a.link,
                   CASE WHEN a.status <> 'pending' THEN a.status
                        WHEN EXISTS (
                            SELECT FROM notifications.dead_letters d
                            WHERE d.workspace_id = a.workspace_id AND d.message_id = a.message_id
                                AND d.status = 'open')
                        THEN 'failed'
                        WHEN EXISTS (
                            SELECT FROM notifications.dead_letters d
                            WHERE d.workspace_id = a.workspace_id AND d.message_id = a.message_id
                                AND (d.status = 'discarded' OR EXISTS (
                                    SELECT FROM platform.audit_log l
                                    WHERE l.workspace_id = d.workspace_id AND l.action = 'dead_letter.edit'
                                        AND l.subject = 'dlt_' || replace(d.id::text, '-', ''))))
                        THEN 'closed' ELSE a.status END AS status,
                   a.at
            FROM notifications.alert_history a;
        """
}
