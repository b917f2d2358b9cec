import Commerce
import Foundation
import Testing

@testable import ServiceKit

@Suite("SecretBox")
struct SecretBoxTests {
    let workspace = WorkspaceID()
    let secret = Array("shpss_0123".utf8)

    @Test("what was sealed is opened again and looks different each time")
    func roundTrip() throws {
        let box = try makeBox("new")
        let sealed = try box.seal(secret, workspace: workspace, name: "shopify")
        #expect(sealed.keyID == "new")
        #expect(try box.open(sealed, workspace: workspace, name: "shopify") == secret)
        #expect(try box.seal(secret, workspace: workspace, name: "shopify").bytes != sealed.bytes)
    }

    @Test("after a rotation old secrets open and new ones use the new key")
    func rotation() throws {
        let sealed = try makeBox("old").seal(secret, workspace: workspace, name: "dcl")
        let rotated = try makeBox("new", "old")
        #expect(try rotated.open(sealed, workspace: workspace, name: "dcl") == secret)
        #expect(try rotated.seal(secret, workspace: workspace, name: "dcl").keyID == "new")
        #expect(throws: SecretBoxError.unknownKey("old")) {
            try makeBox("new").open(sealed, workspace: workspace, name: "dcl")
        }
    }

    @Test("a secret of another workspace or name, or one that was changed, does not open")
    func authenticated() throws {
        let box = try makeBox("k")
        let sealed = try box.seal(secret, workspace: workspace, name: "dcl")
        #expect(throws: SecretBoxError.notAuthentic) { try box.open(sealed, workspace: WorkspaceID(), name: "dcl") }
        #expect(throws: SecretBoxError.notAuthentic) { try box.open(sealed, workspace: workspace, name: "netsuite") }
        for index in sealed.bytes.indices {
            var bytes = sealed.bytes
            bytes[index] ^= 1
            #expect(throws: SecretBoxError.notAuthentic) {
                try box.open(SealedSecret(keyID: "k", bytes: bytes), workspace: workspace, name: "dcl")
            }
        }
        #expect(throws: SecretBoxError.notAuthentic) {
            try box.open(SealedSecret(keyID: "k", bytes: []), workspace: workspace, name: "dcl")
        }
    }

    @Test(
        "keys that are no keys are refused by position, never repeated",
        arguments: ["", "a", "a:", ":b", "a:notbase64!", "a:AAAA", "a:" + Data(count: 32).base64EncodedString()])
    func badKeys(text: String) {
        let error = #expect(throws: SecretKeysError.self) { try SecretKeys(parsing: text) }
        #expect(error?.description.contains("entry 1") == true)
    }

    @Test("two keys with one id are refused")
    func duplicate() {
        #expect(throws: SecretKeysError(description: "entry 2 has the id of an earlier one")) { try makeBox("a", "a") }
    }

    /// Keys differ by their ids, so that the same id is the same key in every box.
    private func makeBox(_ ids: String...) throws -> SecretBox {
        let entries = ids.map { id in
            let seed = id.utf8.reduce(UInt8(1)) { $0 &* 31 &+ $1 }
            return id + ":" + Data((0..<32).map { seed &+ $0 }).base64EncodedString()
        }
        return SecretBox(try SecretKeys(parsing: entries.joined(separator: ",")))
    }
}
