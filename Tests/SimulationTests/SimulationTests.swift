import Simulation
import Testing

@Suite("Seeded simulation")
struct SimulationTests {
}
