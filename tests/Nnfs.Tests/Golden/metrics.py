"""Writes metrics.json: measures of predictions by scikit-learn (1.2.1, Debian's), for tests of Evaluation."""
import json
import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import (average_precision_score, balanced_accuracy_score, confusion_matrix, log_loss, matthews_corrcoef,
                             precision_recall_curve, roc_auc_score, roc_curve)
from sklearn.utils.class_weight import compute_class_weight

random = np.random.RandomState(7)


def binary(name, count, digits):
    labels = (random.rand(count) < 0.3).astype(int)
    # Few digits make ties.
    p = np.round(np.clip(0.35 + 0.25 * labels + 0.2 * random.randn(count), 0.004, 0.996), digits).astype(np.float32)
    predicted = (p > 0.5).astype(int)
    fpr, tpr, thresholds = roc_curve(labels, p, drop_intermediate=False)
    precision, recall, at = precision_recall_curve(labels, p)
    true, mean = calibration_curve(labels, p, n_bins=7)
    return dict(
        name=name, classes=2, labels=labels.tolist(), probabilities=p.tolist(),
        roc_auc=roc_auc_score(labels, p), average_precision=average_precision_score(labels, p),
        log_loss=log_loss(labels, p), matthews=matthews_corrcoef(labels, predicted),
        balanced_accuracy=balanced_accuracy_score(labels, predicted), confusion=confusion_matrix(labels, predicted).ravel().tolist(),
        roc=np.stack([thresholds, fpr, tpr], 1)[1:].tolist(), precision_recall=np.stack([at, precision[:-1], recall[:-1]], 1).tolist(),
        calibration=np.stack([mean, true], 1).tolist())


def several(name, count, classes):
    labels = random.randint(0, classes, count)
    z = random.randn(count, classes) + 1.2 * np.eye(classes)[labels]
    p = np.round(np.exp(z) / np.exp(z).sum(1, keepdims=True) * 64) / 64
    p = ((p + 1e-3) / (p + 1e-3).sum(1, keepdims=True)).astype(np.float32)
    predicted = p.argmax(1)
    one_hot = np.eye(classes)[labels]
    return dict(
        name=name, classes=classes, labels=labels.tolist(), probabilities=p.ravel().tolist(),
        roc_auc=np.mean([roc_auc_score(one_hot[:, k], p[:, k]) for k in range(classes)]),
        roc_aucs=[roc_auc_score(one_hot[:, k], p[:, k]) for k in range(classes)],
        average_precision=average_precision_score(one_hot, p, average="macro"),
        average_precisions=average_precision_score(one_hot, p, average=None).tolist(),
        log_loss=log_loss(labels, p), matthews=matthews_corrcoef(labels, predicted),
        balanced_accuracy=balanced_accuracy_score(labels, predicted), confusion=confusion_matrix(labels, predicted).ravel().tolist())


weighed = np.repeat([0, 1, 2], [50, 3, 11])
data = dict(
    cases=[binary("ties", 60, 1), binary("distinct", 80, 4), several("three classes", 90, 3), several("five classes", 70, 5)],
    class_weights=dict(counts=[50, 3, 11], balanced=compute_class_weight("balanced", classes=[0, 1, 2], y=weighed).tolist()))

with open("metrics.json", "w") as file:
    json.dump(data, file)
    file.write("\n")
