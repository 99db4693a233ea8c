// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"

#include <QtWidgets/QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace atalaya::common {

class StateLabel;

/// Why there is nothing to see.
enum class EmptyKind
{
    Empty,
    Loading,
    Stale,
    Failed,
    Forbidden
};

/// Left aligned: a sentence (20 px) with the kind's shape, one line why, the server's own words in mono, one to three
/// actions. Loading says how long it has waited and never spins.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);

    void show(EmptyKind kind, const QString &sentence, const QString &why = {});
    using QWidget::show;
    EmptyKind kind() const { return m_kind; }
    void setServerWords(const QString &words);
    /// "asked 1.2 s ago"; empty hides it.
    void setWaited(const QString &words);
    /// The first one is the primary button unless the kind is Loading. At most three. Connect to its `clicked`.
    QPushButton *addAction(const QString &text, const QString &objectName);
    void clearActions();
    QString sentence() const;

private:
    EmptyKind m_kind = EmptyKind::Empty;
    StateLabel *m_shape;
    QLabel *m_sentence;
    QLabel *m_why;
    QLabel *m_words;
    QLabel *m_waited;
    QHBoxLayout *m_actions;
};

} // namespace atalaya::common
