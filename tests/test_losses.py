import mpmath
import numpy as np
import pytest

from learnkit import Tensor
from learnkit.losses import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    huber_loss,
    l1_loss,
    log_softmax,
    logsumexp,
    mse_loss,
    nll_loss,
    softmax,
    where,
)

RNG = np.random.default_rng(0)
LOGITS, CLASSES = 3 * RNG.normal(size=(6, 4)), np.array([0, 3, 3, 1, 2, 0])
PREDICTION, TARGET = 2 * RNG.normal(size=(5, 2)), RNG.normal(size=(5, 2))


def value_and_gradient(loss, *arguments):
    x = Tensor(arguments[0])
    output = loss(x, *arguments[1:])
    output.sum().backward()
    return output.data, x.grad


LOSSES = {
    "mse_loss": (mse_loss, PREDICTION, TARGET),
    "l1_loss": (l1_loss, PREDICTION, TARGET),
    "huber_loss": (huber_loss, PREDICTION, TARGET),
    "nll_loss": (nll_loss, -abs(LOGITS), CLASSES),
    "cross_entropy": (cross_entropy, LOGITS, CLASSES),
    "binary_cross_entropy": (
        binary_cross_entropy,
        RNG.uniform(size=LOGITS.shape),
        RNG.uniform(size=LOGITS.shape),
    ),
    "binary_cross_entropy_with_logits": (
        binary_cross_entropy_with_logits,
        LOGITS,
        (LOGITS > 0.5) * 1.0,
    ),
}
every_loss = pytest.mark.parametrize("name", LOSSES)


def agrees_with_torch(loss, torch_name, *arguments, torch_arguments=None, **keywords):
    """Assert that value and gradient are those of torch.nn.functional, or of torch itself."""
    torch = pytest.importorskip("torch")
    twin = getattr(torch.nn.functional, torch_name, None) or getattr(torch, torch_name)
    value, gradient = value_and_gradient(lambda *a: loss(*a, **keywords), *arguments)
    x, *rest = (
        torch.tensor(a) if isinstance(a, np.ndarray) else a for a in torch_arguments or arguments
    )
    x.requires_grad_()
    expected = twin(x, *rest, **keywords)
    expected.sum().backward()
    np.testing.assert_allclose(value, expected.detach().numpy(), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(gradient, x.grad.numpy(), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("loss", [mse_loss, l1_loss, huber_loss])
def test_every_loss_for_regression_has_the_value_and_gradient_pytorch_has(loss):
    agrees_with_torch(loss, loss.__name__, PREDICTION, TARGET)


@pytest.mark.parametrize("delta", [0.1, 1.0, 2.5])
def test_the_huber_loss_bends_where_delta_says(delta):
    agrees_with_torch(
        huber_loss,
        "huber_loss",
        np.array([0.0, delta, -delta, 3.0, -9.0]),
        np.zeros(5),
        delta=delta,
    )


@pytest.mark.parametrize("delta", [0, -1.0, float("nan")])
def test_a_huber_loss_without_a_positive_delta_is_refused(delta):
    with pytest.raises(ValueError, match="a positive number"):
        huber_loss(Tensor(PREDICTION), TARGET, delta=delta)


@pytest.mark.parametrize("loss", [mse_loss, l1_loss, huber_loss])
def test_predictions_and_targets_of_different_shapes_are_refused_with_both(loss):
    with pytest.raises(ValueError, match=r"shape \(5, 1\), the targets \(5,\)"):
        loss(Tensor(np.ones((5, 1))), np.ones(5))


def test_a_list_or_a_tensor_will_do_as_target():
    for target in ([1.0, 2.0], Tensor([1.0, 2.0])):
        assert mse_loss(Tensor([3.0, 2.0]), target).data == 2


def test_plain_arrays_and_lists_have_a_loss_too():
    assert (
        mse_loss(np.array([3.0, 2.0]), [1.0, 2.0]).item()
        == l1_loss([3.0, 2.0], [1.0, 0.0]).item()
        == 2
    )
    assert huber_loss([3.0], [0.0]).item() == 2.5
    assert cross_entropy([[0.0, 0.0]], [1]).item() == pytest.approx(np.log(2))
    assert binary_cross_entropy_with_logits([0.0], [1.0]).item() == pytest.approx(np.log(2))
    assert log_softmax(np.zeros((1, 2))).data.tolist() == [[-np.log(2)] * 2]


def test_cross_entropy_has_the_value_and_gradient_pytorch_has():
    agrees_with_torch(cross_entropy, "cross_entropy", LOGITS, CLASSES)


@pytest.mark.filterwarnings("error")
def test_cross_entropy_of_scores_of_a_thousand_is_finite_and_right():
    scores, classes = (
        np.array([[1000.0, -1000.0], [1000.0, -1000.0], [0.0, 0.0]]),
        np.array([0, 1, 1]),
    )
    value, gradient = value_and_gradient(cross_entropy, scores, classes)
    assert value == pytest.approx((0 + 2000 + np.log(2)) / 3)
    np.testing.assert_allclose(gradient, np.array([[0, 0], [1, -1], [0.5, -0.5]]) / 3, atol=1e-300)


def test_cross_entropy_is_the_surprise_about_the_right_class():
    sure, wrong = np.log([[0.95, 0.05]]), np.log([[0.05, 0.95]])
    assert cross_entropy(Tensor(sure), [0]).item() == pytest.approx(0.051, abs=5e-4)
    assert cross_entropy(Tensor(wrong), [0]).item() == pytest.approx(2.996, abs=5e-4)


def test_cross_entropy_is_one_node():
    logits = Tensor(LOGITS)
    assert cross_entropy(logits, CLASSES).inputs == (logits,)


@pytest.mark.parametrize(
    "target",
    [
        [0, 1, 2, 3, 4, 0],
        [0, 1, 2, -1, 0, 0],
        [0, 1, 2],
        [[0], [1], [2], [3], [0], [0]],
        0,
        [0.0, 1.0, 2.0, 3.0, 0.0, 0.0],
        np.eye(4)[CLASSES],
        "classes",
        None,
    ],
)
def test_cross_entropy_refuses_targets_that_are_no_class_for_each_row(target):
    with pytest.raises(
        ValueError, match=r"logits \(batch, classes\), here \(6, 4\), and for every row its class"
    ):
        cross_entropy(Tensor(LOGITS), target)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3, 4)])
def test_cross_entropy_refuses_logits_that_are_not_a_row_for_each_example(shape):
    with pytest.raises(ValueError, match=r"logits \(batch, classes\)"):
        cross_entropy(Tensor(np.ones(shape)), [0, 1, 0])


def test_targets_changed_after_the_forward_pass_leave_its_gradient_as_it_was():
    def gradients(change):
        found = []
        for loss, x, y in [
            (cross_entropy, LOGITS, CLASSES.copy()),
            (mse_loss, PREDICTION, TARGET.copy()),
            (huber_loss, PREDICTION, TARGET.copy()),
            (binary_cross_entropy_with_logits, LOGITS, (LOGITS > 1).astype(float)),
        ]:
            prediction = Tensor(x)
            output = loss(prediction, y)
            if change:
                y[:] = 0
            output.backward()
            found.append(prediction.grad.tolist())
        return found

    assert gradients(change=True) == gradients(change=False)


@pytest.mark.parametrize("target", [(LOGITS > 0.5).astype(float), RNG.uniform(size=LOGITS.shape)])
def test_binary_cross_entropy_has_the_value_and_gradient_pytorch_has(target):
    name = "binary_cross_entropy_with_logits"
    agrees_with_torch(binary_cross_entropy_with_logits, name, LOGITS, target)


@pytest.mark.filterwarnings("error")
def test_binary_cross_entropy_of_scores_of_a_thousand_is_finite_and_right():
    scores, answers = (
        np.array([1000.0, -1000.0, 1000.0, -1000.0, 0.0]),
        np.array([1.0, 0.0, 0.0, 1.0, 1.0]),
    )
    value, gradient = value_and_gradient(binary_cross_entropy_with_logits, scores, answers)
    assert value == pytest.approx((2000 + np.log(2)) / 5)
    np.testing.assert_allclose(gradient, np.array([0, 0, 1, -1, -0.5]) / 5, atol=1e-300)


def test_binary_cross_entropy_refuses_targets_of_another_shape():
    with pytest.raises(ValueError, match="each score needs its own target"):
        binary_cross_entropy_with_logits(Tensor(np.ones((5, 1))), np.ones(5))


@pytest.mark.parametrize("axis", [0, 1, -1])
@pytest.mark.parametrize("keepdims", [False, True])
def test_logsumexp_has_the_value_and_gradient_pytorch_has(axis, keepdims):
    torch = pytest.importorskip("torch")
    value, gradient = value_and_gradient(lambda x: logsumexp(x, axis, keepdims), LOGITS)
    x = torch.tensor(LOGITS, requires_grad=True)
    expected = torch.logsumexp(x, axis, keepdims)
    expected.sum().backward()
    np.testing.assert_allclose(value, expected.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(gradient, x.grad.numpy(), rtol=1e-12)


@pytest.mark.filterwarnings("error")
def test_logsumexp_of_a_thousand_is_finite_where_the_naive_formula_overflows():
    value, gradient = value_and_gradient(
        logsumexp, np.array([[1000.0, 1000.0], [-1000.0, -1000.0]])
    )
    np.testing.assert_allclose(value, [1000 + np.log(2), -1000 + np.log(2)])
    np.testing.assert_allclose(gradient, np.full((2, 2), 0.5))


@pytest.mark.filterwarnings("ignore:divide by zero", "ignore:invalid value")
def test_logsumexp_of_a_row_of_minus_infinities_is_minus_infinity_and_spoils_no_other_row():
    value, gradient = value_and_gradient(
        logsumexp, np.array([[-np.inf, -np.inf], [0.0, -np.inf], [0.0, 0.0]])
    )
    np.testing.assert_allclose(value, [-np.inf, 0, np.log(2)])
    np.testing.assert_allclose(gradient[1:], [[1, 0], [0.5, 0.5]])


@pytest.mark.parametrize("axis", [0, -1])
def test_log_softmax_gives_the_logarithms_of_probabilities_that_add_up_to_one(axis):
    agrees_with_torch(log_softmax, "log_softmax", LOGITS, axis)
    np.testing.assert_allclose(np.exp(log_softmax(Tensor(LOGITS), axis).data).sum(axis), 1)


@pytest.mark.filterwarnings("error")
def test_log_softmax_of_a_thousand_is_finite():
    value, gradient = value_and_gradient(log_softmax, np.array([[1000.0, -1000.0]]))
    np.testing.assert_allclose(value, [[0, -2000]])
    np.testing.assert_allclose(gradient, [[-1, 1]])


@pytest.mark.parametrize("delta", [0.5, 1.0, 3.0])
@pytest.mark.filterwarnings("ignore")
def test_hubers_gradient_is_pytorchs_even_for_errors_that_are_infinite(delta):
    torch = pytest.importorskip("torch")
    errors = np.array([0.0, 0.2, -0.7, 2.0, -5.0, 1e200, np.inf, -np.inf])
    value, gradient = value_and_gradient(lambda x: huber_loss(x, np.zeros(8), delta=delta), errors)
    x = torch.tensor(errors, requires_grad=True)
    torch.nn.functional.huber_loss(x, torch.zeros(8, dtype=torch.float64), delta=delta).backward()
    np.testing.assert_allclose(gradient, x.grad.numpy(), rtol=1e-12)


@pytest.mark.parametrize("label", [-1, 2, np.nan])
def test_binary_cross_entropy_refuses_what_is_no_probability(label):
    with pytest.raises(ValueError, match="is a probability, 0 to 1"):
        binary_cross_entropy_with_logits(Tensor([1.0, 2.0]), [1, label])


def test_a_condition_changed_after_the_forward_pass_leaves_the_gradient_as_it_was():
    mask, x = np.array([True, False]), Tensor([1.0, 2.0])
    y = where(mask, x, 0.0).sum()
    mask[:] = [False, True]
    y.backward()
    assert x.grad.tolist() == [1, 0]


def test_what_was_not_chosen_gets_no_gradient_even_from_an_infinite_one():
    x, y = Tensor([1.0, 2.0]), Tensor([3.0, 4.0])
    where([True, False], x, y).backward([np.inf, np.inf])
    assert (x.grad.tolist(), y.grad.tolist()) == ([np.inf, 0], [0, np.inf])


# ---- exact for scores of any size: compared with seven hundred digits

SCORES = [
    [1000.0, 980.0],
    [1e16, 1e16],
    [1e16, 1e16 + 4],
    [-1e16, -1e16],
    [1e300, -1e300],
    [0.0, -50.0],
    [0.0, -20.0, -40.0],
    [3.0, 3.0, 3.0, 2.9],
    [700.0, 0.0, 40.0],
    [1e-20, 0.0],
    [5.0],
]
every_score = pytest.mark.parametrize("scores", SCORES, ids=str)


@pytest.fixture
def many_digits():
    with mpmath.workdps(700):
        yield


def exact_probabilities(scores):
    """Return the logarithm of Σ exp(score) and the softmax of the scores, to as many digits."""
    exact = [mpmath.mpf(score) for score in scores]
    log_total = max(exact) + mpmath.log(
        mpmath.fsum(mpmath.exp(score - max(exact)) for score in exact)
    )
    return log_total, [mpmath.exp(score - log_total) for score in exact]


@every_score
@pytest.mark.filterwarnings("error")
def test_cross_entropy_and_its_gradient_are_exact_for_scores_of_any_size(scores, many_digits):
    log_total, probabilities = exact_probabilities(scores)
    for right, score in enumerate(scores):
        value, gradient = value_and_gradient(cross_entropy, [scores], [right])
        assert value == pytest.approx(float(log_total - mpmath.mpf(score)), rel=1e-14, abs=1e-300)
        slopes = [float(p - (place == right)) for place, p in enumerate(probabilities)]
        assert gradient[0] == pytest.approx(slopes, rel=1e-14, abs=1e-300)


@every_score
@pytest.mark.filterwarnings("error")
def test_logsumexp_and_log_softmax_are_exact_for_scores_of_any_size(scores, many_digits):
    log_total, probabilities = exact_probabilities(scores)
    value, gradient = value_and_gradient(logsumexp, scores)
    assert value == pytest.approx(float(log_total), rel=1e-14)
    assert gradient == pytest.approx([float(p) for p in probabilities], rel=1e-14, abs=1e-300)
    value, _ = value_and_gradient(log_softmax, scores)
    logarithms = [float(mpmath.mpf(score) - log_total) for score in scores]
    assert value == pytest.approx(logarithms, rel=1e-14, abs=1e-300)


@pytest.mark.parametrize("score", [0.0, 1e-20, 3.0, -3.0, 40.0, -40.0, 700.0, 1e16, -1e16, 1e300])
@pytest.mark.parametrize("target", [0.0, 1.0, 0.5, 1e-20, 1 - 2.0**-53])
@pytest.mark.filterwarnings("error")
def test_binary_cross_entropy_and_its_gradient_are_exact_for_scores_of_any_size(
    score, target, many_digits
):
    z, y = mpmath.mpf(score), mpmath.mpf(target)
    value, (gradient,) = value_and_gradient(binary_cross_entropy_with_logits, [score], [target])
    part = z * (1 - y) if z > 0 else -z * y
    assert value == pytest.approx(
        float(part + mpmath.log1p(mpmath.exp(-abs(z)))), rel=1e-14, abs=1e-300
    )
    no, yes = 1 / (1 + mpmath.exp(z)), 1 / (1 + mpmath.exp(-z))
    assert gradient == pytest.approx(
        float((1 - y) * yes - y * no), rel=1e-13, abs=1e-16 * target * (1 - target)
    )


def test_true_and_false_are_the_classes_one_and_zero():
    scores = np.array([[1.0, 2.0], [3.0, 5.0]])
    as_words = value_and_gradient(cross_entropy, scores, [True, False])
    as_numbers = value_and_gradient(cross_entropy, scores, [1, 0])
    for ours, theirs in zip(as_words, as_numbers, strict=True):
        np.testing.assert_array_equal(ours, theirs)


# ---- reductions, empty data, targets that carry gradients


@every_loss
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_every_reduction_has_the_values_and_gradients_pytorch_has(name, reduction):
    loss, prediction, target = LOSSES[name]
    agrees_with_torch(loss, name, prediction, target, reduction=reduction)


@every_loss
@pytest.mark.parametrize("reduction", ["average", None, "Mean", 1])
def test_another_reduction_is_refused_with_the_three_there_are(name, reduction):
    loss, prediction, target = LOSSES[name]
    with pytest.raises(ValueError, match='"mean", "sum" or "none"; this is'):
        loss(prediction, target, reduction=reduction)


@every_loss
@pytest.mark.filterwarnings("error")
def test_no_data_has_no_mean_loss_but_a_sum_of_zero_as_in_pytorch(name):
    loss, prediction, target = LOSSES[name]
    with pytest.raises(ValueError, match="There is no data to take the mean loss of"):
        loss(prediction[:0], target[:0])
    assert loss(prediction[:0], target[:0], reduction="sum").item() == 0
    assert loss(prediction[:0], target[:0], reduction="none").data.size == 0


@pytest.mark.parametrize("loss", [mse_loss, l1_loss, huber_loss, binary_cross_entropy_with_logits])
def test_a_target_that_was_computed_receives_its_gradient_as_in_pytorch(loss):
    torch = pytest.importorskip("torch")
    chances = RNG.uniform(0.1, 0.9, size=PREDICTION.shape)
    x, y = Tensor(PREDICTION), Tensor(chances)
    loss(x, y).backward()
    p, t = (torch.tensor(a, requires_grad=True) for a in (PREDICTION, chances))
    getattr(torch.nn.functional, loss.__name__)(p, t).backward()
    np.testing.assert_allclose(x.grad, p.grad.numpy(), rtol=1e-12)
    np.testing.assert_allclose(y.grad, t.grad.numpy(), rtol=1e-12)


@pytest.mark.parametrize(
    "target, word",
    [
        ([0.0, 1.0, 2.0, 3.0, 0.0, 0.0], r"floats: write target.astype\(int\)"),
        (np.eye(4)[CLASSES], r"write target.argmax\(axis=1\)"),
        (Tensor(CLASSES), r"a Tensor holds floats: write target.data.astype\(int\)"),
        (CLASSES[:5], r"has shape \(5,\), and should have \(6,\)"),
        ([0, 1, 2, 3, 4, 0], "those are 0 to 3, and the target goes from 0 to 4"),
        (["a"] * 6, "the target is .*'a'"),
        ([[0], [1, 2]], "differ in length"),
    ],
)
def test_a_target_that_is_no_classes_is_told_what_it_is_and_what_to_write(target, word):
    with pytest.raises(ValueError, match=word):
        cross_entropy(LOGITS, target)


# ---- from probabilities


def test_binary_cross_entropy_has_the_value_and_gradient_pytorch_has_even_for_what_is_sure():
    sure = np.array([0.0, 1.0, 0.0, 1.0, 1e-50, 0.3])
    answers = np.array([0.0, 1.0, 1.0, 0.0, 1.0, 0.5])
    agrees_with_torch(binary_cross_entropy, "binary_cross_entropy", sure, answers)


@pytest.mark.parametrize("prediction, target", [([1.2], [1.0]), ([-3.0], [0.0]), ([0.5], [2.0])])
def test_binary_cross_entropy_of_scores_is_refused_with_the_loss_to_take(prediction, target):
    with pytest.raises(ValueError, match="for scores take binary_cross_entropy_with_logits"):
        binary_cross_entropy(prediction, target)


def test_binary_cross_entropy_of_probabilities_refuses_targets_of_another_shape():
    with pytest.raises(ValueError, match="each needs its own target"):
        binary_cross_entropy([0.5, 0.5], [1.0])


def test_a_prediction_of_0_3_for_target_1_has_the_surprise_1_204_and_the_squared_error_0_49():
    assert binary_cross_entropy([0.3], [1.0]).item() == pytest.approx(1.204, abs=5e-4)
    assert mse_loss([0.3], [1.0]).item() == pytest.approx(0.49)


@pytest.mark.parametrize("axis", [0, -1])
def test_softmax_has_the_value_and_gradient_pytorch_has(axis):
    agrees_with_torch(softmax, "softmax", LOGITS, axis)


@pytest.mark.filterwarnings("error")
def test_softmax_of_a_thousand_is_finite_and_adds_up_to_one():
    np.testing.assert_allclose(softmax([[1000.0, -1000.0], [0.0, 0.0]]).data, [[1, 0], [0.5, 0.5]])


def test_cross_entropy_is_nll_loss_of_log_softmax():
    expected = cross_entropy(LOGITS, CLASSES).item()
    assert nll_loss(log_softmax(LOGITS), CLASSES).item() == pytest.approx(expected)


def test_huber_takes_its_arguments_in_pytorchs_order():
    torch = pytest.importorskip("torch")
    twin = torch.nn.functional.huber_loss(*map(torch.tensor, (PREDICTION, TARGET)), "sum", 0.5)
    assert huber_loss(PREDICTION, TARGET, "sum", 0.5).item() == pytest.approx(twin.item())
