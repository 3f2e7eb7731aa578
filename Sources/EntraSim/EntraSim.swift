/// The simulator put together. `Simulator` is the door for embedders and for the command line.
public enum EntraSim {}
