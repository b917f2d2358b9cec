import Testing

@testable import CLI

@Suite("The list of schedules")
struct SchedulePictureTests {
    @Test("intervals, timetables and what became of them fit one table; hostile words stay in their cell")
    func table() throws {
        let page = #"""
            {"data":[
             {"name":"poll","interval":"PT15S","cron":null,"command":"PollWarehouse","owner":"tracking","paused":false,
              "next_run_at":"2026-03-05T17:00:15.000Z","last_run_at":"2026-03-05T17:00:00.000Z","last_outcome":"done"},
             {"name":"report","interval":null,"cron":"0 9 * * mon-fri","time_zone":"Europe/Berlin","command":"Report",
              "owner":"x","paused":true,"next_run_at":null,"last_run_at":null,"last_outcome":"dead_lettered",
              "last_error":"dcl_503: busy\nrm"},
             {"name":"new","interval":"P1D","command":"Tidy","owner":"x","paused":false,
              "next_run_at":"2026-03-06T00:00:00.000Z","last_run_at":null,"last_outcome":null}
            ],"next_cursor":null}
            """#
        let lines = try SchedulePicture.list.lines(Array(page.utf8), .plain)
        #expect(lines.count == 4)
        #expect(lines[0].hasPrefix("NAME    RUNS"))
        #expect(lines[1].contains("every PT15S") && lines[1].hasSuffix("2026-03-05T17:00:00Z  done"))
        #expect(lines[2].contains("0 9 * * mon-fri (Europe/Berlin)") && lines[2].contains("paused"))
        #expect(lines[2].contains("dead lettered: dcl_503: busy"))
        #expect(lines[3].contains("2026-03-06T00:00:00Z") && lines[3].hasSuffix("-"))
    }
}
