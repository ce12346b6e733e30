"""Specs of the settings that every experiment has, whatever its data, model, loss and optimizer.

``STEERING`` names those that take effect as a run goes on; changing any other starts a new run.
"""

from guitrain.core.features import PLAIN
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP

LARGEST_SEED = 2**32 - 1  # what numpy's RandomState takes
LARGEST_WEIGHT = 1e6

LEARNING_RATE = Param(
    "learning_rate",
    "float",
    QT_TRANSLATE_NOOP("Settings", "Learning rate"),
    QT_TRANSLATE_NOOP("Settings", "η, how far each update moves the weights along the gradient."),
    default=0.01,
    minimum=0.0,
    above_minimum=True,
    maximum=1000.0,
    logarithmic=True,
    symbol="η",
)
L1 = Param(
    "l1",
    "float",
    QT_TRANSLATE_NOOP("Settings", "L1 penalty"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Adds λ₁·Σ|w| to the loss: small weights are pulled to exactly 0. Biases are left out.",
    ),
    default=0.0,
    minimum=0.0,
    maximum=1e6,
    symbol="λ₁",
)
L2 = Param(
    "l2",
    "float",
    QT_TRANSLATE_NOOP("Settings", "L2 penalty"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Adds λ₂·Σw² to the loss (no ½): large weights are pulled back. Biases are left out.",
    ),
    default=0.0,
    minimum=0.0,
    maximum=1e6,
    symbol="λ₂",
)
BATCH_SIZE = Param(
    "batch_size",
    "int",
    QT_TRANSLATE_NOOP("Settings", "Batch size"),
    QT_TRANSLATE_NOOP(
        "Settings", "How many training points each update looks at. From the next epoch on."
    ),
    minimum=1,
    maximum=1_000_000,
)
FEATURES = Param(
    "features",
    "set",
    QT_TRANSLATE_NOOP("Settings", "Features"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "What the model sees of the inputs: these themselves, and what is made of them. With "
        "squares, even a linear model can draw a circle.",
    ),
    default=PLAIN,
    choices=(
        ("x", QT_TRANSLATE_NOOP("Settings", "x")),
        ("squares", QT_TRANSLATE_NOOP("Settings", "x²")),
        ("products", QT_TRANSLATE_NOOP("Settings", "x1·x2")),
        ("sines", QT_TRANSLATE_NOOP("Settings", "sin x")),
    ),
)
TEST_FRACTION = Param(
    "test_fraction",
    "float",
    QT_TRANSLATE_NOOP("Settings", "Test share"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Test points as a share of the points: held out of a file or a published set; drawn fresh, "
        "besides the training points, from a generated source.",
    ),
    default=0.2,
    minimum=0.0,
    maximum=0.9,
)
VALIDATION_FRACTION = Param(
    "validation_fraction",
    "float",
    QT_TRANSLATE_NOOP("Settings", "Validation share"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Validation points as a share of the training points, and held out of them, whatever the "
        "source. Training never sees them; early stopping may look at them, never at test points.",
    ),
    default=0.0,
    minimum=0.0,
    maximum=0.9,
)
STANDARDIZE = Param(
    "standardize",
    "bool",
    QT_TRANSLATE_NOOP("Settings", "Standardize x"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Train on (x − mean) / deviation, which lets descent go straighter. "
        "Weights are shown in the data's own units all the same.",
    ),
    default=False,
)
EPOCHS = Param(
    "epochs",
    "int",
    QT_TRANSLATE_NOOP("Settings", "Epochs"),
    QT_TRANSLATE_NOOP("Settings", "Stop after this many passes over the training data."),
    default=100,
    minimum=1,
    maximum=1_000_000_000,
)
TARGET_LOSS = Param(
    "target_loss",
    "float",
    QT_TRANSLATE_NOOP("Settings", "Loss ≤"),
    QT_TRANSLATE_NOOP("Settings", "Stop when an epoch's training loss is at or below this."),
    default=0.25,
    minimum=0.0,
    maximum=1e30,
)
PATIENCE = Param(
    "patience",
    "int",
    QT_TRANSLATE_NOOP("Settings", "No fall for"),
    QT_TRANSLATE_NOOP(
        "Settings", "Stop when the loss has not fallen by the least fall for this many epochs."
    ),
    default=10,
    minimum=1,
    maximum=1_000_000,
    unit=QT_TRANSLATE_NOOP("Settings", "epochs"),
)
MIN_IMPROVEMENT = Param(
    "min_improvement",
    "float",
    QT_TRANSLATE_NOOP("Settings", "Least fall"),
    QT_TRANSLATE_NOOP("Settings", "A fall of the loss smaller than this does not count as one."),
    default=1e-4,
    minimum=0.0,
    maximum=1e30,
)
VALIDATION_PATIENCE = Param(
    "validation_patience",
    "int",
    QT_TRANSLATE_NOOP("Settings", "Early stop"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Early stopping: stop when the validation loss has had no new lowest for this many epochs. "
        "Needs a validation share above 0 (under Data, More).",
    ),
    default=20,
    minimum=1,
    maximum=1_000_000,
    unit=QT_TRANSLATE_NOOP("Settings", "epochs"),
)
DATA_SEED = Param(
    "data_seed",
    "int",
    QT_TRANSLATE_NOOP("Settings", "Data seed"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Draws the noise and the test points, or which points are held out; and which of the "
        "training points are for validation.",
    ),
    default=42,
    minimum=0,
    maximum=LARGEST_SEED,
)
WEIGHTS_SEED = Param(
    "weights_seed",
    "int",
    QT_TRANSLATE_NOOP("Settings", "Weights seed"),
    QT_TRANSLATE_NOOP("Settings", "Draws the initial weights, unless they are set by hand."),
    default=0,
    minimum=0,
    maximum=LARGEST_SEED,
)
BATCHES_SEED = Param(
    "batches_seed",
    "int",
    QT_TRANSLATE_NOOP("Settings", "Batch seed"),
    QT_TRANSLATE_NOOP("Settings", "Shuffles the points into batches, anew each epoch."),
    default=0,
    minimum=0,
    maximum=LARGEST_SEED,
)
DROPOUT_SEED = Param(
    "dropout_seed",
    "int",
    QT_TRANSLATE_NOOP("Settings", "Dropout seed"),
    QT_TRANSLATE_NOOP("Settings", "Draws which units are left out, anew at each step."),
    default=0,
    minimum=0,
    maximum=LARGEST_SEED,
)
INITIAL_WEIGHT = Param(
    "initial",
    "float",
    QT_TRANSLATE_NOOP("Settings", "Initial weights"),
    QT_TRANSLATE_NOOP("Settings", "Where the weights start, in the data's own units."),
    minimum=-LARGEST_WEIGHT,
    maximum=LARGEST_WEIGHT,
)
BY_HAND = Param(
    "by_hand",
    "float",
    QT_TRANSLATE_NOOP("Settings", "The weight"),
    QT_TRANSLATE_NOOP("Settings", "A weight or bias as it is set by hand in mid-run."),
    minimum=-LARGEST_WEIGHT,
    maximum=LARGEST_WEIGHT,
)
PREDICT = Param(
    "predict",
    "float",
    QT_TRANSLATE_NOOP("Settings", "x to predict"),
    QT_TRANSLATE_NOOP("Settings", "An x to predict y for when the model is applied."),
    default=1.5,
    minimum=-1e30,
    maximum=1e30,
)

CPU = "cpu"
DEVICE = Param(
    "device",
    "choice",
    QT_TRANSLATE_NOOP("Settings", "Device"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "What torch computes on. Small models are fastest on the CPU; a device adds up in another "
        "order, so its numbers differ in their last digits.",
    ),
    default=CPU,
    choices=(
        (CPU, QT_TRANSLATE_NOOP("Settings", "CPU")),
        ("cuda", QT_TRANSLATE_NOOP("Settings", "CUDA")),
        ("mps", QT_TRANSLATE_NOOP("Settings", "MPS")),
    ),
)

STEERING = (
    "learning_rate",
    "batch_size",
    "stop.epochs",
    "stop.target_loss",
    "stop.patience",
    "stop.min_improvement",
    "stop.validation_patience",
)
