import ArgumentParser
import Commerce
import Testing

@testable import CLI

@Suite("Commands")
struct CommandTests {
    @Test(
        "every documented command is understood",
        arguments: [
            "migrate", "workspaces create --name a", "workspaces list --json", "keys create --name a --role owner",
            "keys create --name a --scopes orders:read", "keys list", "keys revoke key_1 --json",
            "providers set shopify a=b", "providers set shopify --stdin", "providers list", "providers check",
            "orders list --status dispatched",
            "returns list --order 1001 --status label_sent", "returns show R-404 --json",
            "returns list --external-id R-404",
            "returns reissue-label ret_1 --reason lost", "returns approve ret_1 --reason r",
            "returns approve ret_1 --lines ROBE=1 line:12=2 --exchange-lines SLIP=1 --message worn --reason r",
            "returns reject ret_1 --reason r --message sorry",
            "returns cancel ret_1 --reason r", "returns reopen ret_1 --reason r", "returns blind",
            "returns blind list --status any --kind late --of ret_1", "returns blind show blr_1 --json",
            "returns blind match blr_1 --to ret_1 --reason r", "returns blind dismiss blr_1 --reason r",
            "returns blind open blr_1 --order 1042 --lines ROBE=1 line:12=2 --return-reason wrong_size --reason r",
            "returns blind open blr_1 --resolution exchange --exchange-lines SLIP=1 --reason r",
            "refunds list --status requested --order 1001 --return ret_1 --created-before 2026-03-04T00:00:00Z",
            "refunds show rfd_1 --json", "refunds explain rfd_1 --for customer",
            "warranties approve wty_1 --reason r", "warranties reject wty_1 --reason r --message no --carrier UPS",
            "warranties cancel wty_1 --reason r", "warranties inspect wty_1 --finding defect --remedy repair",
            "warranties repair wty_1 --outcome repaired --tracking-number 1Z --carrier UPS",
            "returns receive ret_1 --line MIE-ROBE-S=1 --line MUG=1,extra", "returns receive ret_1 --lines []",
            "returns inspect ret_1 --line MIE-ROBE-S=2,A,matched", "registrations list --status unverified",
            "registrations show reg_1", "registrations verify reg_1 --reason r",
            "registrations reject reg_1 --reason r", "providers describe shopify --json",
            "tickets list --email ana@example.com --q robe", "tickets show tkt_1",
            "tickets change tkt_1 --status item_received --field condition=good --fields {\"n\":1} --remove-field note",
            "tickets change tkt_1 --subject s --json", "returns policy show", "returns policy set policy.json --json",
            "warranties terms show --json", "warranties terms set -",
            "emails list --status failed", "emails show eml_1 --json", "emails resend eml_1 --reason r",
            "webhooks list", "webhooks show whe_1 --json", "webhooks pause whe_1", "webhooks resume whe_1",
            "webhooks test whe_1", "webhooks resend whe_1 --since 2026-03-04T00:00:00Z --status failed",
            "deliveries list whe_1 --status failed --since 2026-03-04T00:00:00Z", "deliveries show dlv_1",
            "deliveries resend dlv_1 --reason r --idempotency-key k --json", "webhooks pause whe_1 --reason r",
            "webhooks test whe_1 --reason r", "webhooks resend whe_1 --since 2026-03-04T00:00:00Z --reason r",
            "emails resend --since 2026-03-04T00:00:00Z --template return.label_sent --reason r",
            "orders show ord_1 --json", "orders hold ord_1 --reason r", "sagas list --waiting-on human",
            "sagas show sag_1", "sagas show ord_1 --run 1 --json",
            "sagas start order-fulfillment --key k", "sagas retry sag_1", "sagas cancel sag_1", "sagas restart sag_1",
            "sagas signal sag_1 --name order.released",
            "sagas list --attribute shop:mie --attribute number:1 --stuck-reason no_reply --started-since 2026-01-01T00:00:00Z",
            "sagas counts --group-by waiting_on --status waiting", "sagas mail --key ord_1", "sagas pause sag_1",
            "sagas resume sag_1", "sagas terminate sag_1 --reason r",
            "sagas skip sag_1 --path 3/1/0 --result {} --keep-undo",
            "sagas fire-timer sag_1 --path 2", "sagas retry --all --status stuck --reason r",
            "sagas cancel --all --name order-fulfillment --status stuck --reason r --expected 3",
            "sagas skip --all --status stuck --path 3 --reason r --yes",
            "sagas signal --all --saga-name order-fulfillment --name order.released --reason r",
            "sagas export sag_1 --out f.json", "sagas import f.json --reason r", "received list --status quarantined",
            "received show whk_1",
            "dead-letters list --group-by reason", "dead-letters show dlt_1", "dead-letters requeue dlt_1",
            "dead-letters requeue --group-by type --group PollWarehouse", "dead-letters list --key ord_1",
            "dead-letters edit dlt_1 --data {} --reason r", "dead-letters edit dlt_1 --message-file m.json --reason r",
            "dead-letters discard dlt_1 --reason r",
            "audit list", "alerts list --about ret_1 --status off --since 2026-03-04T00:00:00Z --json",
            "schedules list", "schedules run poll-warehouse --reason r", "schedules pause sch_1 --reason r",
            "schedules resume poll-warehouse --reason r", "schedules change poll-warehouse --interval PT30S --reason r",
            "schedules change poll-warehouse --cron @ --zone UTC --overlap skip --reason r", "topology check",
            "topology repair", "dev clock show", "dev clock advance 3d", "dev demo",
        ])
    func understood(line: String) throws {
        _ = try StatesetCommand.parseAsRoot(line.split(separator: " ").map(String.init))
    }

    @Test(
        "a wrong use ends with 64",
        arguments: [
            "orders fly", "keys create", "dev clock advance soon", "providers set shopify", "sagas signal sag_1",
            "sagas retry", "sagas retry sag_1 --all --status stuck --reason r", "sagas retry --all --reason r",
            "sagas retry --all --status stuck", "sagas retry sag_1 --status stuck", "sagas retry sag_1 --yes",
            "emails resend --reason r", "emails resend eml_1 --since 2026-03-04T00:00:00Z --reason r",
            "emails resend eml_1 --until 2026-03-04T00:00:00Z --reason r", "sagas skip sag_1", "sagas fire-timer sag_1",
            "sagas import f.json", "dead-letters discard dlt_1", "schedules run poll-warehouse",
            "webhooks resend whe_1", "webhooks resume", "deliveries list",
            "returns reissue-label ret_1", "returns approve ret_1", "returns approve ret_1 --lines ROBE --reason r",
            "returns approve ret_1 --lines =1 --reason r", "warranties reject wty_1",
            "tickets change tkt_1", "tickets change tkt_1 --field condition", "tickets change tkt_1 --fields []",
            "tickets change tkt_1 --field a=1 --remove-field a", "returns policy set", "warranties terms set",
            "returns blind open blr_1 --order 1042", "returns receive ret_1", "returns receive ret_1 --line MUG",
            "returns receive ret_1 --line MUG=1,damaged,extra",
            "returns inspect ret_1 --line MUG=1,A,B", "returns inspect ret_1 --line MUG=1 --lines []",
            "warranties inspect wty_1", "registrations verify reg_1",
            "schedules run --reason r", "schedules change poll-warehouse --reason r",
            "dead-letters requeue", "dead-letters requeue dlt_1 --group x", "dead-letters edit dlt_1 --reason r",
            "dead-letters edit dlt_1 --data {} --data-file f --reason r",
        ])
    func misused(line: String) {
        #expect {
            _ = try StatesetCommand.parseAsRoot(line.split(separator: " ").map(String.init))
        } throws: {
            StatesetCommand.exitCode(for: $0).rawValue == 64
        }
    }

    @Test("what is kept of a return is named by SKU, whatever is in it, or by line")
    func quantities() throws {
        let approve = try #require(
            try StatesetCommand.parseAsRoot(
                ["returns", "approve", "ret_1", "--lines", "A=B=2", "line:12=1", "--message", "worn", "--reason", "r"])
                as? ReturnsCommand.Approve)
        #expect(
            approve.details == [
                "message": "worn",
                "lines": [["sku": "A=B", "quantity": 2], ["line_id": "12", "quantity": 1]],
            ])
    }

    @Test("query parameters are encoded")
    func query() {
        #expect(APIClient.text(["q": "#1001 &", "status": nil, "limit": "5"]) == "?q=%231001%20%26&limit=5")
        #expect(APIClient.text([:]).isEmpty)
    }
}
