package store

import (
	"context"
	"database/sql"
	"sync"
)

// A querier reads: the read pool, or the transaction that is under way.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// A readPool reads from a few connections and prepares each query once, which
// takes longer than running most of them. The queries are constants of this
// package, so there are few.
type readPool struct {
	*sql.DB
	mu       sync.Mutex
	prepared map[string]*sql.Stmt
}

func (p *readPool) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s, ok := p.prepared[query]; ok {
		return s, nil
	}
	s, err := p.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if p.prepared == nil {
		p.prepared = make(map[string]*sql.Stmt)
	}
	p.prepared[query] = s
	return s, nil
}

// QueryContext is that of [sql.DB].
func (p *readPool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := p.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

// QueryRowContext is that of [sql.DB].
func (p *readPool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := p.prepare(ctx, query)
	if err != nil {
		return p.DB.QueryRowContext(ctx, query, args...) // comes to the same error
	}
	return s.QueryRowContext(ctx, args...)
}

// hotStatements are the writer's that run thousands of times a second; they
// are prepared when the store is opened, for the writer's one connection is
// taken by the transaction later.
type hotStatements struct{ putWatch, putSteps, claim *sql.Stmt }

func (h *hotStatements) prepare(ctx context.Context, writer *sql.DB) (err error) {
	if h.putWatch, err = writer.PrepareContext(ctx, putWatch); err != nil {
		return err
	}
	if h.putSteps, err = writer.PrepareContext(ctx, putSteps); err != nil {
		return err
	}
	h.claim, err = writer.PrepareContext(ctx, claimUpdate)
	return err
}
