import Commerce
import Foundation
import Postgres
import Testing

@testable import IngestGateway
@testable import Messaging

@Suite("How long receipts are kept", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct ReceiptRetentionTests {
    @Test("receipts older than ninety days go, in batches; younger ones stay")
    func deletes() async throws {
        let owner = try await TestDatabase.ownerPool()
        let service = try await TestDatabase.servicePool()
        let workspace = WorkspaceID()
        // By a clock of long ago: what other tests have stored is young to it.
        let now = Date(timeIntervalSince1970: 1_000_000_000)
        try await owner.execute(
            "INSERT INTO platform.workspaces (id, name) VALUES (\(workspace.uuid), \(workspace.description))")
        for days in [1, 89, 91, 92, 400] {
            try await owner.execute(
                """
                INSERT INTO ingest_gateway.received (id, workspace_id, provider, status, received_at)
                VALUES (\(ReceivedID().uuid), \(workspace.uuid), 'shopify', 'quarantined',
                        \(now - Duration.days(days).timeInterval))
                """)
        }
        let chore = ReceiptRetention.chore(on: service, clock: FixedClock(now: now))
        #expect(try await chore.deleteBatch(2) == 2)
        #expect(try await chore.deleteBatch(2) == 1)
        #expect(try await chore.deleteBatch(2) == 0)
        let left = try await owner.query(
            "SELECT 1 FROM ingest_gateway.received WHERE workspace_id = \(workspace.uuid)")
        #expect(left.count == 2)
        await service.close()
        await owner.close()
    }

    private struct FixedClock: WallClock {
        let now: Date
    }
}
